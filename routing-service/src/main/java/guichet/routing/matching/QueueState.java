package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * All there is to know of a queue, one language on one channel, but the contacts in it.
 *
 * @param coverageSince since when somebody of its first language has been present, or nobody
 * @param openToFurtherLanguages whether nobody has been for so long that others help out
 * @param lastAssignedAt when a contact of it was last taken; null for never
 * @param pace how long an available agent takes, on average of late, for one contact of the queue
 */
record QueueState(
        Language language,
        Channel channel,
        Instant coverageSince,
        boolean openToFurtherLanguages,
        @Nullable Instant lastAssignedAt,
        Duration pace) {

    /** Before anything is measured. */
    private static final Duration FIRST_GUESS = Duration.ofMinutes(5);

    /** How many contacts the average remembers, roughly. */
    private static final int MEMORY = 8;

    static QueueState initial(Language language, Channel channel, Instant now) {
        return new QueueState(language, channel, now, false, null, FIRST_GUESS);
    }

    QueueState coverageChanged(Instant now) {
        return new QueueState(language, channel, now, false, lastAssignedAt, pace);
    }

    QueueState openToFurtherLanguages(boolean open) {
        return new QueueState(language, channel, coverageSince, open, lastAssignedAt, pace);
    }

    /**
     * Counts the time in which a contact waited, somebody was there, and none was taken, once for
     * each of the agents who might have.
     */
    QueueState assigned(Instant waitingSince, Instant now, int available) {
        Instant from = later(waitingSince, coverageSince);
        if (lastAssignedAt != null) {
            from = later(from, lastAssignedAt);
        }
        long sample = Math.max(0, Duration.between(from, now).toMillis()) * Math.max(1, available);
        long mean = pace.toMillis();
        return new QueueState(
                language,
                channel,
                coverageSince,
                openToFurtherLanguages,
                now,
                Duration.ofMillis(mean + (sample - mean) / MEMORY));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
