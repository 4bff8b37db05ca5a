package guichet.chassis.door;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class DoorSettingsTest {

    private static final long MEBIBYTES = Runtime.getRuntime().maxMemory() >> 20;

    @Test
    void byItselfADoorTakesInWhatTheHeapHasRoomFor() {
        DoorSettings byItself = settings(0, 0);

        assertThat(byItself.mostConnections()).isEqualTo((int) Math.min(8_192, 3 * MEBIBYTES));
        assertThat(byItself.mostInFlight()).isEqualTo((int) Math.min(2_000, 2 * MEBIBYTES));
        assertThat(faults(byItself)).isEmpty();
    }

    @Test
    void moreConnectionsThanTheHeapHasRoomForAreRefused() {
        assertThat(faults(settings(1 + (int) (4 * MEBIBYTES), 100)))
                .singleElement()
                .asString()
                .contains("most-connections", "4 for each MiB of heap");
    }

    @Test
    void asManyEventsInFlightAsConnectionsAreRefused() {
        assertThat(faults(settings(100, 99))).isEmpty();
        assertThat(faults(settings(100, 100)))
                .singleElement()
                .asString()
                .contains("most-in-flight must be less");
    }

    @Test
    void fewConnectionsHaveFewerEventsInFlight() {
        assertThat(settings(100, 0).mostInFlight()).isEqualTo(99);
    }

    @Test
    void aDoorThatGivesKafkaNoTimeIsRefused() {
        assertThat(faults(settings(100, 99, Duration.ZERO)))
                .containsExactly("guichet.door.confirmed-within must be positive");
    }

    @Test
    void aDoorThatTriesForLessThanItsCustomersWaitIsRefused() {
        assertThat(faults(settings(100, 99, Duration.ofMinutes(3))))
                .singleElement()
                .asString()
                .contains("tried-for must be at least 5s, and not shorter than");
    }

    @Test
    void aDoorThatTriesForLessThanKafkaTakesIsRefused() {
        assertThat(
                        faults(
                                new DoorSettings(
                                        100,
                                        99,
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(1),
                                        Duration.ofMinutes(1))))
                .singleElement()
                .asString()
                .contains("tried-for must be at least 5s");
    }

    private static DoorSettings settings(int mostConnections, int mostInFlight) {
        return settings(mostConnections, mostInFlight, Duration.ofSeconds(5));
    }

    private static DoorSettings settings(
            int mostConnections, int mostInFlight, Duration confirmedWithin) {
        return new DoorSettings(
                mostConnections,
                mostInFlight,
                confirmedWithin,
                Duration.ofMinutes(2),
                Duration.ofMinutes(1));
    }

    private static List<String> faults(DoorSettings settings) {
        try (var validation = Validation.buildDefaultValidatorFactory()) {
            return validation.getValidator().validate(settings).stream()
                    .map(ConstraintViolation::getMessage)
                    .toList();
        }
    }
}
