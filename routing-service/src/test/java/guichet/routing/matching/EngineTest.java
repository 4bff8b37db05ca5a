package guichet.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where another copy of the service runs the engine. */
class EngineTest {

    private final List<String> askedAsACopy = new CopyOnWriteArrayList<>();
    private final List<String> askedFor = new CopyOnWriteArrayList<>();
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private HttpServer other;
    private volatile boolean frozen;

    @BeforeEach
    void open() throws IOException {
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext(
                "/",
                exchange -> {
                    askedAsACopy.add(
                            exchange.getRequestHeaders().getFirst("Guichet-Asked-By-A-Copy"));
                    askedFor.add(exchange.getRequestURI().getRawPath());
                    if (!frozen) {
                        exchange.sendResponseHeaders(404, -1);
                        exchange.close();
                    }
                });
        other.start();
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    }

    @AfterEach
    void close() {
        RequestContextHolder.resetRequestAttributes();
        other.stop(0);
    }

    @Test
    void itIsAskedInTheNameOfACopy() {
        assertThat(ask()).isEmpty();
        assertThat(askedAsACopy).containsExactly("true");
    }

    @Test
    void theIdOfAContactIsEncodedOnce() {
        ask("/api/contacts/mail%2F7%20a/position");

        assertThat(askedFor).containsExactly("/api/contacts/mail%2F7%20a/position");
    }

    @Test
    @Timeout(10)
    void aCopyThatDoesNotAnswerIsNotWaitedForForEver() {
        frozen = true;

        assertIsMoving();
    }

    @Test
    void whatACopyAsksIsNotPassedOnToAThird() {
        request.addHeader("Guichet-Asked-By-A-Copy", "true");

        assertIsMoving();
        assertThat(askedAsACopy).isEmpty();
    }

    private void assertIsMoving() {
        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(this::ask)
                .satisfies(moving -> assertThat(moving.getStatusCode().value()).isEqualTo(503));
    }

    private Optional<String> ask() {
        return ask("/api/queues");
    }

    private Optional<String> ask(String path) {
        Engine engine =
                new Engine(
                        new Questions(),
                        () -> Optional.of("localhost:" + other.getAddress().getPort()));
        return engine.ask(running -> Optional.empty(), path, String.class);
    }
}
