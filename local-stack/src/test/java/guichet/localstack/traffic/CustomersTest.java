package guichet.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;

import guichet.localstack.platform.DemoPerson;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
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

    @Test
    void signInOnceHoweverOftenTheyAsk() throws Exception {
        Queue<String> signedIn = new ConcurrentLinkedQueue<>();
        Instant openingIsOver = Instant.now().minusSeconds(3);
        List<Arrival> crowd =
                new ArrivalPlan(1, openingIsOver, 200).arrivals().skip(6).limit(200).toList();

        try (Customers customers =
                customers(
                        (person, customer) -> {
                            signedIn.add(customer);
                            return "token";
                        })) {
            customers.play(crowd.iterator());

            await().untilAsserted(() -> assertThat(heard).hasSameSizeAs(crowd));
        }
        assertThat(signedIn)
                .doesNotHaveDuplicates()
                .hasSameElementsAs(crowd.stream().map(Arrival::customer).toList());
    }

    private Customers customers() {
        return customers((person, customer) -> "token");
    }

    private Customers customers(BiFunction<DemoPerson, String, String> tokens) {
        return new Customers(
                URI.create("http://localhost:" + intake.getAddress().getPort()),
                tokens,
                "run",
                new ConcurrentHashMap<>(),
                id -> {},
                complaint -> {});
    }
}
