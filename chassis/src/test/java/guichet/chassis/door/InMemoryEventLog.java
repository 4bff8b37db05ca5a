package guichet.chassis.door;

import guichet.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Kafka's part in the tests over HTTP: keeps what it confirms, and can be away. */
public final class InMemoryEventLog implements EventLog {

    public record Appended(Topic topic, SpecificRecord event, Instant at) {}

    private final List<Appended> appended = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    @Override
    public CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at) {
        if (away) {
            return CompletableFuture.failedFuture(
                    new LogUnavailable(new IllegalStateException("away, as the test asked")));
        }
        appended.add(new Appended(topic, event, at));
        return CompletableFuture.completedFuture(null);
    }

    public void goAway() {
        away = true;
    }

    public void reset() {
        away = false;
        appended.clear();
    }

    public List<Appended> appended() {
        return List.copyOf(appended);
    }
}
