package guichet.chassis.door;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * Settings of a door.
 *
 * @param mostInFlight events that may be on their way to Kafka at once; a request beyond that is
 *     answered with 429
 * @param verifiedFor how long a token that was found to be good is taken to be so, unless it
 *     expires before; zero to verify it with each request
 */
@Validated
@ConfigurationProperties("guichet.door")
record DoorSettings(
        @DefaultValue("2000") @Positive int mostInFlight,
        @DefaultValue("1m") Duration verifiedFor) {

    @AssertTrue(message = "guichet.door.verified-for must not be negative")
    boolean isVerifiedForInRange() {
        return !verifiedFor.isNegative();
    }
}
