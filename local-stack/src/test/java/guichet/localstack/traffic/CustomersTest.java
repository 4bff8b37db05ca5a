package guichet.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

class CustomersTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private HttpServer intake;

    @BeforeEach
    void startIntake() throws Exception {
        intake = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        intake.createContext(
                "/",
                exchange -> {
                    heard.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                    exchange.sendResponseHeaders(500, -1);
                    exchange.close();
                });
        intake.start();
    }

    @AfterEach
    void stopIntake() {
        intake.stop(0);
    }

    @Test
    void leavesOutWhoIsLongOverdue() throws Exception {
        Instant now = Instant.now();
        Stream<Arrival> night =
                new ArrivalPlan(1, now.minus(Duration.ofHours(1)), 1).arrivals().skip(1).limit(100);
        Stream<Arrival> morning = new ArrivalPlan(1, now, 1).arrivals().limit(1);

        try (Customers customers = customers()) {
            customers.play(Stream.concat(night, morning).iterator());

            await().untilAsserted(() -> assertThat(heard).containsExactly("run-0"));
        }
    }

    private Customers customers() {
        return new Customers(
                URI.create("http://localhost:" + intake.getAddress().getPort()),
                (person, customer) -> "token",
                "run",
                new ConcurrentHashMap<>(),
                id -> {},
                complaint -> {});
    }
}
