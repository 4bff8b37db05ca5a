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
    public CompletableFuture<Void> insist(Topic topic, SpecificRecord event, Instant at) {
        return ifThereIsRoom(() -> log.insist(topic, event, at));
    }

    @Override
    public CompletableFuture<Void> retract(Topic topic, String key, Instant at) {
        return ifThereIsRoom(() -> log.retract(topic, key, at));
    }

    /**
     * It is who waits that takes room: a stack, and a connection. Who finds none is not told that
     * the log is full: the event is on its way and may be kept.
     */
    @Override
    public <T> CompletableFuture<T> inTime(CompletableFuture<T> outcome) {
        if (outcome.isDone()) {
            return outcome;
        }
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(new LogUnavailable(refusal()));
        }
        return log.inTime(outcome).whenComplete((told, failure) -> room.release());
    }

    @Override
    public void requireRoom() {
        if (room.availablePermits() == 0) {
            throw refusal();
        }
        log.requireRoom();
    }

    private CompletableFuture<Void> ifThereIsRoom(Supplier<CompletableFuture<Void>> write) {
        return room.availablePermits() == 0
                ? CompletableFuture.failedFuture(refusal())
                : write.get();
    }

    private LogFull refusal() {
        refused.increment();
        return new LogFull();
    }
}
