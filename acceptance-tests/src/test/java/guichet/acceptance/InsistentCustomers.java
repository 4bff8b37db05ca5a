package guichet.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.localstack.platform.DemoPerson;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Many customers, each on a connection of its own, who send one ticket after another. A ticket that
 * was not taken they send again, under the same key, until it is: after as long as they were told,
 * or a second where they got no answer.
 */
final class InsistentCustomers implements AutoCloseable {

    /**
     * What became of one attempt.
     *
     * @param number of the tries of its ticket, from 1
     * @param sent by the clock of {@link System#nanoTime}
     * @param answered likewise
     * @param status 0 where there was no answer
     * @param retryAfter as the answer said; null where it did not
     */
    record Attempt(int number, long sent, long answered, int status, @Nullable String retryAfter) {}

    /**
     * A ticket that was taken.
     *
     * @param attempts how often it was sent
     */
    record Taken(String id, int attempts) {}

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final URI tickets;
    private final Duration pause;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    private final List<Thread> customers = new ArrayList<>();
    private volatile boolean content;

    /**
     * @param pause between a ticket that was taken and the next, on average
     */
    private InsistentCustomers(URI intake, Duration pause) {
        this.tickets = intake.resolve("/api/tickets");
        this.pause = pause;
    }

    /** Begins their day. */
    static InsistentCustomers start(DeskProcesses desk, int number, Duration pause) {
        InsistentCustomers all = new InsistentCustomers(desk.intake(), pause);
        for (int i = 0; i < number; i++) {
            String token = desk.token(DemoPerson.TEAM, "customer-" + i);
            Random random = new Random(i);
            all.customers.add(Thread.ofVirtual().unstarted(() -> all.send(token, random)));
        }
        all.customers.forEach(Thread::start);
        return all;
    }

    /** Nobody begins another ticket; returns when each has been taken that was begun, or fails. */
    void awaitEnd(Duration atMost) throws InterruptedException {
        content = true;
        long end = System.nanoTime() + atMost.toNanos();
        for (Thread customer : customers) {
            if (!customer.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                throw new AssertionError(
                        customers.stream().filter(Thread::isAlive).count()
                                + " customers are still refused");
            }
        }
    }

    /** What has become of their attempts so far. */
    Collection<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** The tickets that were taken so far. */
    Collection<Taken> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() {
        customers.forEach(Thread::interrupt);
        http.shutdownNow();
    }

    private void send(String token, Random random) {
        try {
            Thread.sleep(pause.multipliedBy(random.nextInt(1000)).dividedBy(1000));
            while (!content) {
                insist(token, random);
                Thread.sleep(pause.multipliedBy(500 + random.nextInt(1000)).dividedBy(1000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void insist(String token, Random random) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(tickets)
                        .timeout(LONGEST_WAIT)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(
                                BodyPublishers.ofString(
                                        JSON.writeValueAsString(
                                                Map.of(
                                                        "impact", "LOW",
                                                        "language", "en",
                                                        "description", "How do I add a page?"))))
                        .build();
        for (int times = 1; ; times++) {
            long sent = System.nanoTime();
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(UTF_8));
                String retryAfter = answer.headers().firstValue("Retry-After").orElse(null);
                attempts.add(
                        new Attempt(
                                times, sent, System.nanoTime(), answer.statusCode(), retryAfter));
                if (answer.statusCode() == 201) {
                    String id = JSON.readTree(answer.body()).get("id").asString();
                    taken.add(new Taken(id, times));
                    return;
                }
                long seconds = retryAfter == null ? 0 : Long.parseLong(retryAfter);
                // Not all in the same instant: people are not.
                Thread.sleep(Duration.ofSeconds(seconds).plusMillis(random.nextInt(1000)));
            } catch (IOException none) {
                attempts.add(new Attempt(times, sent, System.nanoTime(), 0, null));
                Thread.sleep(1000);
            }
        }
    }
}
