package guichet.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.intake.http.OddRequests.OddRequest;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Odd requests, made of the description of the door, over a real socket. {@code
 * -Dguichet.fuzz.requests=100000} sends more of them, {@code -Dguichet.fuzz.seed=…} the same again.
 */
@OverHttp
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("guichet.fuzz.requests", 2_000);
    private static final long SEED = Long.getLong("guichet.fuzz.seed", System.nanoTime());
    private static final int PATIENCE_MILLIS = 20_000;
    private static final long GROWTH_BYTES = 64L << 20;

    /** Of the answer itself, which a "100 Continue" may go before. */
    private static final Pattern STATUS =
            Pattern.compile("\\A(?:HTTP/1\\.1 100 ?\\r\\n\\r\\n)?HTTP/1\\.1 (\\d{3})");

    /** What nobody outside should read. */
    private static final Pattern INSIDES =
            Pattern.compile(
                    "\\bat [a-z]+(\\.\\w+)+\\(|Exception|org\\.(springframework|apache)|guichet\\.(intake|chassis)\\.|java\\.(lang|util|io)");

    @Autowired ServletWebServerApplicationContext service;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;

    @Test
    void noRequestMakesTheServiceFailOrTellOfItsInsides() throws IOException {
        OddRequests requests =
                new OddRequests(Path.of("..", "docs", "openapi", "intake.yaml"), new Random(SEED));
        Map<Integer, Integer> answers = new TreeMap<>();
        clock.set("2026-11-24T21:00:00Z");
        long before = usedHeap();

        for (int i = 0; i < REQUESTS; i++) {
            if (i % 100 == 0) {
                log.reset();
            }
            OddRequest request = requests.next();
            String answer = answer(request);
            int status = status(answer);
            answers.merge(status, 1, Integer::sum);
            assertThat(
                            (status < 500 || request.mayAnswer().contains(status))
                                    && !INSIDES.matcher(answer).find())
                    .as(
                            "request %d of -Dguichet.fuzz.seed=%d: %s%n%s",
                            i, SEED, start(request.toString()), start(answer))
                    .isTrue();
        }
        log.reset();
        long growth = usedHeap() - before;
        System.out.printf(
                "%,d requests of seed %d; answers by status %s; %,d MB of heap at most, %,d KB more"
                        + " at the end%n",
                REQUESTS, SEED, answers, mostHeap() >> 20, growth >> 10);

        assertThat(answers).as("answers, by status").containsKeys(200, 201, 400, 401, 404, 415);
        assertThat(growth).as("growth of the heap").isLessThan(GROWTH_BYTES);
    }

    /** All that came back; empty where the service hung up on a request that is no HTTP. */
    private String answer(OddRequest request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.getWebServer().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            // No port is to linger: there are not enough of them for the long form.
            socket.setSoLinger(true, 0);
            try {
                socket.getOutputStream().write(request.bytes());
                socket.shutdownOutput();
            } catch (IOException refusedBeforeItsEnd) {
                // The answer may be there all the same.
            }
            StringBuilder answer = new StringBuilder();
            byte[] bytes = new byte[8192];
            try {
                for (int n = socket.getInputStream().read(bytes);
                        n >= 0;
                        n = socket.getInputStream().read(bytes)) {
                    answer.append(new String(bytes, 0, n, ISO_8859_1));
                }
            } catch (SocketTimeoutException hangs) {
                throw new AssertionError(
                        "no answer in time to " + start(request.toString()) + "; seed " + SEED,
                        hangs);
            } catch (IOException hungUp) {
                // What came before counts.
            }
            return answer.toString();
        }
    }

    private static int status(String answer) {
        Matcher status = STATUS.matcher(answer);
        return status.find() ? Integer.parseInt(status.group(1)) : 0;
    }

    private static String start(String text) {
        return text.length() <= 2_000 ? text : text.substring(0, 2_000) + "…";
    }

    private static long mostHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
