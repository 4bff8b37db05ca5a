package guichet.deadlines;

import org.apache.kafka.streams.processor.api.ProcessingContext;

import java.time.Duration;

/**
 * Asks for the commit with which others see what a task has said, so that this need not wait for
 * the next in turn; but not so often, nor so soon after one that took long, that commits would take
 * the time from all else.
 */
public final class EarlyCommit {

    /** Those that Kafka Streams makes by itself come in between. */
    private static final long AT_MOST_EVERY = Duration.ofMillis(50).toMillis();

    /** A thread that was away for longer was at a commit that took long. */
    private static final long AWAY_FOR_LONG = Duration.ofMillis(150).toMillis();

    /** A commit is one for all tasks of a stream thread. */
    private static final ThreadLocal<Asking> OF_THREAD = ThreadLocal.withInitial(Asking::new);

    private static final class Asking {
        private boolean wanted;
        private long askedAt;
        private long seenAt;
    }

    private final ProcessingContext context;

    /** For what a task says; to be used on its thread alone. */
    public EarlyCommit(ProcessingContext context) {
        this.context = context;
    }

    /** There is something to see: asks at once, or else in turn. */
    public void want() {
        OF_THREAD.get().wanted = true;
        askInTurn();
    }

    /** Asks for what could not be asked for at once, by whichever task of the thread. */
    void askInTurn() {
        Asking asking = OF_THREAD.get();
        long now = context.currentSystemTimeMs();
        if (now - asking.seenAt > AWAY_FOR_LONG) {
            // Else each record would cost another such commit: a stream thread takes but one record
            // a task in a round in which it commits.
            asking.askedAt = now;
        }
        asking.seenAt = now;
        if (asking.wanted && (now - asking.askedAt >= AT_MOST_EVERY || now < asking.askedAt)) {
            asking.wanted = false;
            asking.askedAt = now;
            context.commit();
        }
    }
}
