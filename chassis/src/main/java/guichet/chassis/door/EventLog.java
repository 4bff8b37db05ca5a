package guichet.chassis.door;

import guichet.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The log that a door puts events down in; only what it has confirmed is promised to a caller. */
public interface EventLog {

    /**
     * Puts an event down, keyed by its first field.
     *
     * @param at when it happened
     * @return what becomes of it in the end: done when the log keeps the event safely; fails with
     *     {@link LogUnavailable} where that cannot be known, and then the event may or may not be
     *     there, and at once while the log is known to be away; fails with {@link LogFull} where it
     *     was not even tried, as too many wait already
     */
    CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at);

    /**
     * Likewise, but goes on trying for minutes, long after whoever asked was told that it is not
     * known. For an event whose repeats wait for what becomes of this one: as long as it is tried
     * it cannot get into the log twice.
     */
    CompletableFuture<Void> insist(Topic topic, SpecificRecord event, Instant at);

    /**
     * Puts down that what was said under a key holds no longer: a record without a value.
     *
     * @param at since when
     * @return as for {@link #append}
     */
    CompletableFuture<Void> retract(Topic topic, String key, Instant at);

    /**
     * What somebody is told who waits for what becomes of an event: the same, but {@link
     * LogUnavailable} once that has taken too long, the log is known to be away, or too many wait
     * already. The event may be kept all the same.
     *
     * @param outcome of an event that was given to this log, or what follows from it
     */
    default <T> CompletableFuture<T> inTime(CompletableFuture<T> outcome) {
        return outcome;
    }

    /**
     * To be asked before work that would be in vain if the log refused the event it is for.
     *
     * @throws LogFull where an event would not even be tried just now
     * @throws LogUnavailable likewise, as the log is known to be away
     */
    default void requireRoom() {}

    /**
     * Puts an event down and returns when the log keeps it safely.
     *
     * @throws LogUnavailable where that is not known in time
     * @throws LogFull where it was not even tried
     */
    default void appendAndWait(Topic topic, SpecificRecord event, Instant at) {
        await(inTime(append(topic, event, at)));
    }

    /**
     * Retracts what was said under a key and returns when the log keeps that safely.
     *
     * @throws LogUnavailable where that is not known in time
     * @throws LogFull where it was not even tried
     */
    default void retractAndWait(Topic topic, String key, Instant at) {
        await(inTime(retract(topic, key, at)));
    }

    private static void await(CompletableFuture<Void> kept) {
        try {
            kept.join();
        } catch (CompletionException e) {
            throw switch (e.getCause()) {
                case LogUnavailable unavailable -> unavailable;
                case LogFull full -> full;
                case null, default -> e;
            };
        }
    }
}
