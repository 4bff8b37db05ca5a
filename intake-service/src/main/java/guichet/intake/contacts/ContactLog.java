package guichet.intake.contacts;

import guichet.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The log that contacts are put down in; only what it has confirmed is promised to a customer. */
public interface ContactLog {

    /**
     * Puts an event down, keyed by its first field.
     *
     * @param at when it happened
     * @return done when the log keeps the event safely; fails with {@link LogUnavailable} where
     *     that cannot be known, and then the event may or may not be there
     */
    CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at);
}
