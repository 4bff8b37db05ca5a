package guichet.chassis.door;

import guichet.schemas.Topic;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

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
    private final AtomicLong confirmations = new AtomicLong();
    private final Semaphore trial = new Semaphore(1);
    private final Set<CompletableFuture<Void>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    /**
     * @param patience how long the caller whose event is tried waits
     */
    WatchedEventLog(EventLog log, Duration patience, MeterRegistry meters) {
        this.log = log;
        this.patience = patience;
        Gauge.builder("guichet.door.away", this, it -> it.away ? 1 : 0)
                .description("Whether Kafka is known not to confirm: 1, else 0")
                .register(meters);
    }

    @Override
    public CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at) {
        return whereItIsThere(() -> log.append(topic, event, at));
    }

    @Override
    public CompletableFuture<Void> retract(Topic topic, String key, Instant at) {
        return whereItIsThere(() -> log.retract(topic, key, at));
    }

    private CompletableFuture<Void> whereItIsThere(Supplier<CompletableFuture<Void>> write) {
        if (!away) {
            CompletableFuture<Void> told = watched(write);
            if (away) {
                // Known only since, and it may have missed who was told then.
                tellThatItIsAway(told);
            }
            return told;
        }
        if (!trial.tryAcquire()) {
            return CompletableFuture.failedFuture(new LogUnavailable(null));
        }
        // A producer that knows no broker holds up who sends: nobody is to wait for that either. On
        // another thread, but about the same request.
        return CompletableFuture.supplyAsync(
                        Context.current().wrapSupplier(() -> watched(write)),
                        Thread::startVirtualThread)
                .thenCompose(Function.identity())
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        failure instanceof TimeoutException
                                                ? new LogUnavailable(failure)
                                                : failure))
                .whenComplete((confirmed, failure) -> trial.release());
    }

    /** What the log says of an event, unless it is found to be away before. */
    private CompletableFuture<Void> watched(Supplier<CompletableFuture<Void>> write) {
        long confirmedBefore = confirmations.get();
        CompletableFuture<Void> written = write.get();
        CompletableFuture<Void> told = new CompletableFuture<>();
        waiting.add(told);
        var unused =
                written.whenComplete(
                        (confirmed, failure) -> {
                            waiting.remove(told);
                            if (failure == null) {
                                confirmations.incrementAndGet();
                                set(false);
                                told.complete(null);
                            } else {
                                told.completeExceptionally(failure);
                                if (isKafkas(failure) && confirmations.get() == confirmedBefore) {
                                    set(true);
                                    waiting.forEach(WatchedEventLog::tellThatItIsAway);
                                }
                            }
                        });
        return told;
    }

    private static void tellThatItIsAway(CompletableFuture<Void> whoWaits) {
        whoWaits.completeExceptionally(new LogUnavailable(null));
    }

    /** An event that cannot be written, or a registry that is away, says nothing of Kafka. */
    private static boolean isKafkas(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof RetriableException;
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
