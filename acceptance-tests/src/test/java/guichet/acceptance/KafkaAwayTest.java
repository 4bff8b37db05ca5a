package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.acceptance.DeskProcesses.Part;
import guichet.acceptance.InsistentCustomers.Attempt;
import guichet.acceptance.InsistentCustomers.Taken;
import guichet.events.ContactQueued;
import guichet.events.TicketCreated;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Kafka is away for half a minute, killed and then hanging, while customers send tickets through an
 * intake of little memory (ADR 5).
 */
class KafkaAwayTest {

    /** Each is a connection, and nearly all are refused, again and again, at the end. */
    private static final int CUSTOMERS = 1_500;

    /** Fewer than come in the 5 s until it is noticed, however slow the machine. */
    private static final int MOST_IN_FLIGHT = 100;

    private static final Duration BETWEEN_TICKETS = Duration.ofSeconds(6);
    private static final Duration AWAY = Duration.ofSeconds(20);

    private static final Duration AT_ONCE = Duration.ofMillis(500);

    @Test
    void whatWasTakenIsOnTheLogAndWhatWasRefusedIsTakenWhenSentAgain() throws Exception {
        try (DeskProcesses desk = start();
                DeskLog log = new DeskLog(desk.bootstrapServers(), desk.registryUrl());
                InsistentCustomers customers =
                        InsistentCustomers.start(desk, CUSTOMERS, BETWEEN_TICKETS)) {
            awaitServed(customers);

            Away killed = Away.between(() -> desk.kill(Part.BROKER), () -> desk.start(Part.BROKER));
            awaitServed(customers);
            Away hung = Away.between(() -> desk.pause(Part.BROKER), () -> desk.resume(Part.BROKER));

            customers.awaitEnd(LONG_ENOUGH);
            Collection<Attempt> attempts = customers.attempts();
            tell(attempts);
            assertThat(desk.isAlive(Part.INTAKE))
                    .as("intake lives; logs in " + desk.logs())
                    .isTrue();
            wereAnsweredAtOnceOnceItWasNoticed(killed.of(attempts));
            wereAnsweredAtOnceOnceItWasNoticed(hung.of(attempts));
            // All who come until it is noticed wait: more than may.
            assertThat(hung.of(attempts)).extracting(Attempt::status).contains(429);
            isOnTheLogAndQueuedOnce(customers.taken(), log);
        }
    }

    private static DeskProcesses start() throws IOException, InterruptedException {
        DeskProcesses desk =
                DeskProcesses.start(
                        DeskProcesses.temporaryData(), 1, "demo", Part.BROKER, Part.ROUTING);
        desk.set("guichet.door.most-in-flight", Integer.toString(MOST_IN_FLIGHT));
        desk.start(Part.INTAKE);
        desk.awaitReady();
        return desk;
    }

    /**
     * When Kafka was away.
     *
     * @param began when it had gone, by the clock of {@link System#nanoTime}
     * @param ended likewise
     */
    private record Away(long began, long ended) {

        static Away between(Runnable goes, Runnable comesBack) {
            goes.run();
            long began = System.nanoTime();
            pass(AWAY);
            long ended = System.nanoTime();
            comesBack.run();
            return new Away(began, ended);
        }

        List<Attempt> of(Collection<Attempt> attempts) {
            return attempts.stream()
                    .filter(it -> it.sent() > began && it.answered() < ended)
                    .toList();
        }
    }

    /** As many as there are customers have been taken since. */
    private static void awaitServed(InsistentCustomers customers) {
        int before = customers.taken().size();
        await("customers are served")
                .atMost(LONG_ENOUGH)
                .until(() -> customers.taken().size() >= before + CUSTOMERS);
    }

    private static void wereAnsweredAtOnceOnceItWasNoticed(Collection<Attempt> whileAway) {
        long noticed =
                whileAway.stream()
                        .filter(it -> it.status() == 503)
                        .mapToLong(Attempt::answered)
                        .min()
                        .orElseThrow(() -> new AssertionError("nobody was told 503"));
        assertThat(whileAway).hasSizeGreaterThan(CUSTOMERS);
        List<Attempt> since =
                whileAway.stream()
                        .filter(it -> it.answered() >= noticed)
                        .filter(it -> !wasTakenWithAnEarlierTry(it))
                        .toList();
        assertThat(since)
                .allSatisfy(
                        it -> {
                            assertThat(it.status()).isIn(503, 429);
                            assertThat(it.retryAfter()).isEqualTo("5");
                        });
        // Two processors have 1,500 customers, a broker's start and all else that the machine does:
        // some wait for a processor, for how long is chance. Most would not be answered at once if
        // they waited for Kafka.
        List<Duration> waits =
                since.stream()
                        .map(it -> Duration.ofNanos(it.answered() - Math.max(it.sent(), noticed)))
                        .sorted()
                        .toList();
        assertThat(waits.get(waits.size() / 2)).isLessThan(AT_ONCE);
    }

    /** Kafka's confirmation of it came, though too late for the customer of then. */
    private static boolean wasTakenWithAnEarlierTry(Attempt attempt) {
        return attempt.number() > 1 && attempt.status() == 201;
    }

    /** However often it was sent. */
    private static void isOnTheLogAndQueuedOnce(Collection<Taken> taken, DeskLog log) {
        List<String> ids = taken.stream().map(Taken::id).toList();
        await("routing has queued all")
                .atMost(LONG_ENOUGH)
                .until(() -> queued(log).containsAll(ids));
        log.readToTheEnd();
        assertThat(written(log)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(queued(log)).containsExactlyInAnyOrderElementsOf(ids);
        System.out.printf(
                "KafkaAwayTest: %d tickets taken, %d of them not with the first try%n",
                ids.size(), taken.stream().filter(it -> it.attempts() > 1).count());
    }

    private static List<String> written(DeskLog log) {
        return log.events(TicketCreated.class).map(TicketCreated::getContactId).toList();
    }

    private static List<String> queued(DeskLog log) {
        return log.events(ContactQueued.class).map(ContactQueued::getContactId).toList();
    }

    private static void tell(Collection<Attempt> attempts) {
        System.out.println(
                "KafkaAwayTest: answers by status (0 for none): "
                        + attempts.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                Attempt::status, Collectors.counting())));
    }

    private static void pass(Duration time) {
        await().forever().pollDelay(time).until(() -> true);
    }
}
