package guichet.localstack.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How an agent meets an offer.
 *
 * @param ofOffer comes after this share of the offer's time; below 1
 */
record Reaction(Kind kind, double ofOffer) {

    enum Kind {
        TAKE,
        DECLINE,
        /** He has left his desk for a coffee, and lets the offer pass. */
        OVERLOOK
    }

    private static final Map<Kind, Integer> IN_A_HUNDRED =
            new EnumMap<>(Map.of(Kind.TAKE, 95, Kind.DECLINE, 3, Kind.OVERLOOK, 2));

    private static final double QUICKEST_OF_OFFER = 0.1;
    private static final double SLOWEST_OF_OFFER = 0.26;

    /** The same for the same seed and offer. */
    static Reaction to(String offerId, long seed) {
        RandomGenerator random = Randomness.from(seed * 31 + offerId.hashCode());
        return new Reaction(
                Randomness.pick(random, IN_A_HUNDRED),
                random.nextDouble(QUICKEST_OF_OFFER, SLOWEST_OF_OFFER));
    }

    /** When it comes, to an offer of that time. */
    Instant at(Instant offeredAt, Instant expiresAt) {
        long whole = Duration.between(offeredAt, expiresAt).toMillis();
        return offeredAt.plusMillis(Math.round(whole * ofOffer));
    }
}
