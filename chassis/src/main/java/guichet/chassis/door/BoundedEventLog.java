package guichet.chassis.door;

import guichet.schemas.Topic;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A log for which only so many callers may wait at once: where it is slower than they are, some of
 * them hear so at once, rather than all of them in the end. Its meters are {@code
 * guichet.door.in.flight} and {@code guichet.door.refused}.
 */
final class BoundedEventLog implements EventLog {

    private final EventLog log;
    private final Semaphore room;
    private final Counter refused;

    /**
     * @param mostInFlight events whose callers may wait at once
     */
    BoundedEventLog(EventLog log, int mostInFlight, MeterRegistry meters) {
        this.log = log;
        this.room = new Semaphore(mostInFlight);
        this.refused =
                Counter.builder("guichet.door.refused")
                        .description("Requests refused as too many were on their way to Kafka")
                        .baseUnit("requests")
                        .register(meters);
        Gauge.builder(
                        "guichet.door.in.flight",
                        room,
                        left -> mostInFlight - left.availablePermits())
                .description("Events on their way to Kafka, and somebody waits")
                .baseUnit("events")
                .register(meters);
    }

    @Override
    public CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at) {
        return ifThereIsRoom(() -> log.append(topic, event, at));
    }

    @Override
    public CompletableFuture<Void> retract(Topic topic, String key, Instant at) {
        return ifThereIsRoom(() -> log.retract(topic, key, at));
    }

    @Override
    public <T> CompletableFuture<T> inTime(CompletableFuture<T> outcome) {
        return log.inTime(outcome);
    }

    @Override
    public void requireRoom() {
        if (room.availablePermits() == 0) {
            throw refusal();
        }
    }

    private LogFull refusal() {
        refused.increment();
        return new LogFull();
    }

    private CompletableFuture<Void> ifThereIsRoom(Supplier<CompletableFuture<Void>> write) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(refusal());
        }
        CompletableFuture<Void> outcome = attempt(write);
        var unused = inTime(outcome).whenComplete((confirmed, failure) -> room.release());
        return outcome;
    }

    private static CompletableFuture<Void> attempt(Supplier<CompletableFuture<Void>> write) {
        try {
            return write.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
