package guichet.benchmarks.desk;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import guichet.benchmarks.desk.Schedules.Answers;
import guichet.benchmarks.desk.Schedules.Even;
import guichet.benchmarks.desk.Schedules.FullSpeed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class HttpLoadTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final Answers answers = new Answers();
    private HttpServer door;

    @BeforeEach
    void open() throws IOException {
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(threads);
        door.createContext("/known", exchange -> answer(exchange, 201, 5));
        door.createContext("/chunked", exchange -> answer(exchange, 201, 0));
        door.createContext(
                "/odd",
                exchange -> {
                    if (requests.incrementAndGet() % 2 == 0) {
                        exchange.close();
                    } else {
                        answer(exchange, 503, 5);
                    }
                });
        door.start();
    }

    @AfterEach
    void close() {
        door.stop(0);
        threads.close();
    }

    @Test
    void sendsAtAnEvenRateAndTellsHowLongEachTook() {
        Even even = new Even(200, A_SECOND, answers);

        run("/known", even);

        assertThat(answers.created()).isEqualTo(200);
        assertThat(answers.others()).isZero();
        assertThat(even.lateness().total()).isEqualTo(200);
    }

    @Test
    void countsFromWhenARequestWasDueHoweverLongThoseBeforeItWait() {
        door.createContext(
                "/slow",
                exchange -> {
                    pause();
                    answer(exchange, 201, 5);
                });
        Even even = new Even(100, A_SECOND, answers);

        run("/slow", even);

        assertThat(even.lateness().percentile(1)).isGreaterThan(1_000);
    }

    @Test
    void sendsAtFullSpeed() {
        FullSpeed fullSpeed = new FullSpeed(A_SECOND, answers);

        run("/chunked", fullSpeed);

        assertThat(answers.created()).isPositive();
        assertThat(answers.others()).isZero();
        assertThat(fullSpeed.seconds()).isBetween(0.9, 5.0);
    }

    @Test
    void countsRefusalsAndLostConnectionsAndGoesOn() {
        run("/odd", new Even(50, A_SECOND, answers));

        assertThat(answers.created()).isZero();
        assertThat(answers.others()).isEqualTo(50);
    }

    private void run(String path, HttpLoad.Schedule schedule) {
        byte[] request =
                "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"
                        .formatted(path)
                        .getBytes(UTF_8);
        try (HttpLoad load =
                new HttpLoad(
                        door.getAddress().getPort(),
                        4,
                        number -> new ByteBuffer[] {ByteBuffer.wrap(request)})) {
            load.run(schedule);
        }
    }

    /** Four connections that wait so long cannot answer a hundred a second. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, int length) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, length);
            exchange.getResponseBody().write("12345".getBytes(UTF_8));
        }
    }
}
