package guichet.chassis.door;

import guichet.schemas.Topic;
import guichet.schemas.avro.RegistryUnavailable;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A log of which it is known when it is away, so that callers hear so at once. It counts as away
 * when an event was not confirmed in time and no other was since that one was begun: a partition
 * that cannot be written to is not the log. Then those who wait for it hear so as well. While it is
 * away one event at a time is tried, for a short time, and the others are not; the first that is
 * confirmed, however late, ends this. Its meter is {@code guichet.door.away}.
 */
final class WatchedEventLog implements EventLog {

    private static final Logger logger = LoggerFactory.getLogger(WatchedEventLog.class);

    private final EventLog log;
    private final Duration patience;
    private final Duration patienceWhileAway;
    private final AtomicLong confirmations = new AtomicLong();
    private final Semaphore trial = new Semaphore(1);
    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    /**
     * @param patience how long a caller waits
     * @param patienceWhileAway how long a caller waits while the log is known to be away
     */
    WatchedEventLog(
            EventLog log, Duration patience, Duration patienceWhileAway, MeterRegistry meters) {
        this.log = log;
        this.patience = patience;
        this.patienceWhileAway = patienceWhileAway;
        Gauge.builder("guichet.door.away", this, it -> it.away ? 1 : 0)
                .description("Whether Kafka is known not to confirm: 1, else 0")
                .register(meters);
    }

    @Override
    public CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at) {
        return whereItIsThere(() -> log.append(topic, event, at));
    }

    @Override
    public CompletableFuture<Void> insist(Topic topic, SpecificRecord event, Instant at) {
        return whereItIsThere(() -> log.insist(topic, event, at));
    }

    @Override
    public CompletableFuture<Void> retract(Topic topic, String key, Instant at) {
        return whereItIsThere(() -> log.retract(topic, key, at));
    }

    @Override
    public <T> CompletableFuture<T> inTime(CompletableFuture<T> outcome) {
        if (outcome.isDone()) {
            return outcome;
        }
        boolean knownToBeAway = away;
        Duration atMost = knownToBeAway ? patienceWhileAway : patience;
        CompletableFuture<T> told =
                outcome.copy().orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS);
        waiting.add(told);
        if (away && !knownToBeAway) {
            // Found since, and it may have missed who was told then.
            tellThatItIsAway(told);
        }
        var unused = told.whenComplete((kept, failure) -> waiting.remove(told));
        return told.exceptionallyCompose(
                failure ->
                        CompletableFuture.failedFuture(
                                failure instanceof TimeoutException
                                        ? new LogUnavailable(failure)
                                        : failure));
    }

    @Override
    public void requireRoom() {
        if (away && trial.availablePermits() == 0) {
            throw new LogUnavailable(null);
        }
    }

    private CompletableFuture<Void> whereItIsThere(Supplier<CompletableFuture<Void>> write) {
        if (!away) {
            return watched(write);
        }
        if (!trial.tryAcquire()) {
            return CompletableFuture.failedFuture(new LogUnavailable(null));
        }
        // A producer that knows no broker holds up who sends: nobody is to wait for that either. On
        // another thread, but about the same request.
        CompletableFuture<Void> outcome =
                CompletableFuture.supplyAsync(
                                Context.current().wrapSupplier(() -> watched(write)),
                                Thread::startVirtualThread)
                        .thenCompose(Function.identity());
        var unused = inTime(outcome).whenComplete((confirmed, failure) -> trial.release());
        return outcome;
    }

    private CompletableFuture<Void> watched(Supplier<CompletableFuture<Void>> write) {
        long confirmedBefore = confirmations.get();
        CompletableFuture<Void> outcome = write.get().thenRun(this::isThere);
        var unused =
                inTime(outcome)
                        .whenComplete(
                                (confirmed, failure) -> {
                                    if (failure != null
                                            && isKafkas(failure)
                                            && confirmations.get() == confirmedBefore) {
                                        isAway();
                                    }
                                });
        return outcome;
    }

    private void isThere() {
        confirmations.incrementAndGet();
        set(false);
    }

    private void isAway() {
        set(true);
        waiting.forEach(WatchedEventLog::tellThatItIsAway);
    }

    private static void tellThatItIsAway(CompletableFuture<?> whoWaits) {
        whoWaits.completeExceptionally(new LogUnavailable(null));
    }

    /** An event that cannot be written, or a registry that is away, says nothing of Kafka. */
    private static boolean isKafkas(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof RegistryUnavailable)) {
            cause = cause.getCause();
        }
        return !(cause instanceof RegistryUnavailable)
                && (cause instanceof RetriableException || cause instanceof TimeoutException);
    }

    private void set(boolean away) {
        if (this.away != away) {
            this.away = away;
            if (away) {
                logger.warn("Kafka does not confirm; callers are told so at once until it does");
            } else {
                logger.info("Kafka confirms again");
            }
        }
    }
}
