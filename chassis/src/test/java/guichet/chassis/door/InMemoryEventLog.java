package guichet.chassis.door;

import guichet.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Kafka's part in the tests over HTTP: keeps what it confirms, and can be away or late. */
public final class InMemoryEventLog implements EventLog {

    public record Appended(Topic topic, SpecificRecord event, Instant at) {}

    public record Retracted(Topic topic, String key, Instant at) {}

    private final List<Appended> appended = new CopyOnWriteArrayList<>();
    private final List<Retracted> retracted = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean full;
    private volatile CompletableFuture<Void> confirmation = CompletableFuture.completedFuture(null);
    private volatile Consumer<SpecificRecord> reaction = event -> {};

    @Override
    public CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at) {
        if (away || full) {
            return notConfirmed();
        }
        appended.add(new Appended(topic, event, at));
        reaction.accept(event);
        return confirmation;
    }

    @Override
    public CompletableFuture<Void> insist(Topic topic, SpecificRecord event, Instant at) {
        return append(topic, event, at);
    }

    @Override
    public CompletableFuture<Void> retract(Topic topic, String key, Instant at) {
        if (away || full) {
            return notConfirmed();
        }
        retracted.add(new Retracted(topic, key, at));
        return confirmation;
    }

    @Override
    public <T> CompletableFuture<T> inTime(CompletableFuture<T> outcome) {
        return confirmation.isDone()
                ? outcome
                : CompletableFuture.failedFuture(new LogUnavailable(null));
    }

    @Override
    public void requireRoom() {
        if (full) {
            throw new LogFull();
        }
    }

    private CompletableFuture<Void> notConfirmed() {
        return CompletableFuture.failedFuture(
                full
                        ? new LogFull()
                        : new LogUnavailable(new IllegalStateException("away, as the test asked")));
    }

    public void goAway() {
        away = true;
    }

    /** Keeps what comes, and confirms it too late for whoever waits: when it is told to. */
    public void confirmLater() {
        confirmation = new CompletableFuture<>();
    }

    public void confirm() {
        confirmation.complete(null);
    }

    /** Too much is on its way. */
    public void fill() {
        full = true;
    }

    /** What the desk does at once when it reads an event. */
    public void react(Consumer<SpecificRecord> reaction) {
        this.reaction = reaction;
    }

    public void reset() {
        away = false;
        full = false;
        confirmation = CompletableFuture.completedFuture(null);
        reaction = event -> {};
        appended.clear();
        retracted.clear();
    }

    public List<Appended> appended() {
        return List.copyOf(appended);
    }

    public List<Retracted> retracted() {
        return List.copyOf(retracted);
    }
}
