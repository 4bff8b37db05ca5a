package guichet.localstack.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How an agent will deal with a contact, in shares of what the support policy allows, so that the
 * same demo suits targets of seconds and of hours.
 *
 * @param ofTarget the first response comes after this share of the time until it is due; above 1 it
 *     is late
 * @param ofLimit a conversation lasts, and a ticket takes, this share of the conversation limit;
 *     above 1 it is converted
 */
record Handling(double ofTarget, double ofLimit) {

    private static final double MEDIAN_OF_TARGET = 0.35;
    private static final double SPREAD_OF_TARGET = 0.75;
    private static final double MEDIAN_OF_LIMIT = 0.4;
    private static final double SPREAD_OF_LIMIT = 0.75;

    /** A handling by two lognormal draws: about one in twelve too late, one in nine too long. */
    static Handling draw(RandomGenerator random) {
        return new Handling(
                MEDIAN_OF_TARGET * Math.exp(SPREAD_OF_TARGET * random.nextGaussian()),
                MEDIAN_OF_LIMIT * Math.exp(SPREAD_OF_LIMIT * random.nextGaussian()));
    }

    /** The handling of a contact that no plan holds: the same for the same seed and contact. */
    static Handling ofUnplanned(long seed, String contactId) {
        return draw(Randomness.from(seed * 31 + contactId.hashCode()));
    }

    /** When the first response comes to a contact that waits since {@code queuedAt}. */
    Instant answerAt(Instant queuedAt, Instant due) {
        return queuedAt.plus(times(Duration.between(queuedAt, due), ofTarget));
    }

    /** How long a conversation lasts. */
    Duration talk(Duration limit) {
        return times(limit, ofLimit);
    }

    private static Duration times(Duration whole, double share) {
        return Duration.ofMillis(Math.round(whole.toMillis() * share));
    }
}
