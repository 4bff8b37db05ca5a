package guichet.chassis.door;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of a door.
 *
 * @param mostInFlight events that may be on their way to Kafka at once; a request beyond that is
 *     answered with 429
 */
@Validated
@ConfigurationProperties("guichet.door")
record DoorSettings(@DefaultValue("2000") @Positive int mostInFlight) {}
