package guichet.chassis.door;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * Settings of a door.
 *
 * @param mostConnections that may be open at once; who comes beyond that waits in line. Each takes
 *     115 KiB of heap for Tomcat's buffers, also while nothing is asked on it. 0 for three for each
 *     MiB of heap, and 8,192 at most
 * @param mostInFlight requests that may wait for Kafka at once; one beyond that is answered with
 *     429. Each takes 35 KiB of heap beside its connection. 0 for two for each MiB of heap, and
 *     2,000 at most
 * @param confirmedWithin how long a request waits for Kafka to confirm its event; then it is
 *     answered with 503
 * @param triedFor how long a contact is tried to be put down, also when its customer was told 503;
 *     5 seconds at least
 * @param verifiedFor how long a token that was found to be good is taken to be so, unless it
 *     expires before; zero to verify it with each request
 */
@Validated
@ConfigurationProperties("guichet.door")
record DoorSettings(
        @DefaultValue("0") @PositiveOrZero int mostConnections,
        @DefaultValue("0") @PositiveOrZero int mostInFlight,
        @DefaultValue("5s") Duration confirmedWithin,
        @DefaultValue("2m") Duration triedFor,
        @DefaultValue("1m") Duration verifiedFor) {

    /** Kafka takes none that is shorter than one request of its own, 2 s, and finds so late. */
    private static final Duration LEAST_TRIED_FOR = Duration.ofSeconds(5);

    DoorSettings {
        if (mostConnections == 0) {
            mostConnections = HeapLimits.forEachMebibyte(3, 8_192);
        }
        if (mostInFlight == 0) {
            mostInFlight = Math.min(HeapLimits.forEachMebibyte(2, 2_000), mostConnections - 1);
        }
    }

    /** More than half the heap for connections alone leaves too little for all else. */
    @AssertTrue(
            message =
                    "guichet.door.most-connections must be at most 4 for each MiB of heap; give the"
                            + " process more memory, or take in fewer at once")
    boolean isRoomForConnections() {
        return mostConnections <= HeapLimits.forEachMebibyte(4, Integer.MAX_VALUE);
    }

    @AssertTrue(
            message =
                    "guichet.door.most-in-flight must be less than guichet.door.most-connections:"
                            + " else nobody is left to be told that there is no room")
    boolean isAnybodyLeftToBeRefused() {
        return mostInFlight < mostConnections;
    }

    @AssertTrue(message = "guichet.door.confirmed-within must be positive")
    boolean isConfirmedWithinInRange() {
        return confirmedWithin.isPositive();
    }

    @AssertTrue(
            message =
                    "guichet.door.tried-for must be at least 5s, and not shorter than"
                            + " guichet.door.confirmed-within")
    boolean isTriedForInRange() {
        return triedFor.compareTo(LEAST_TRIED_FOR) >= 0 && triedFor.compareTo(confirmedWithin) >= 0;
    }

    @AssertTrue(message = "guichet.door.verified-for must not be negative")
    boolean isVerifiedForInRange() {
        return !verifiedFor.isNegative();
    }
}
