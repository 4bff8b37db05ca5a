package guichet.intake.closures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import guichet.chassis.forms.Fault;
import guichet.chassis.forms.Form;
import guichet.chassis.forms.InvalidForm;
import guichet.policy.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.Map;

class ClosureRequestTest {

    private static final Instant NOW = Instant.parse("2026-11-25T20:30:00Z");

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "2026-11-25T20:30:00Z,      2026-11-25T20:30:00.001Z",
        "2026-11-25T20:00:00Z,      2026-11-25T21:00:00Z",
        "2026-11-25T12:00:00-08:00, 2026-11-25T13:00:00-08:00",
        "2026-11-25T20:30:00Z,      2026-12-26T20:30:00Z",
        "2027-11-26T20:30:00Z,      2027-11-26T21:30:00Z",
    })
    void h6TakesAClosureThatIsOnOrToCome(String startsAt, String endsAt) {
        ClosureRequest request = read(startsAt, endsAt, "A drill");

        assertThat(request.closure().from()).isBefore(request.closure().to());
        assertThat(request.closure().to()).isAfter(NOW);
    }

    @ParameterizedTest(name = "{0} to {1}: {2} {3}")
    @CsvSource({
        "2026-11-25T21:00:00Z, 2026-11-25T21:00:00Z, endsAt,   must be after startsAt",
        "2026-11-25T21:00:00Z, 2026-11-25T20:59:00Z, endsAt,   must be after startsAt",
        "2026-11-25T20:00:00Z, 2026-11-25T20:30:00Z, endsAt,   must be in the future",
        "2026-11-25T20:30:00Z, 2026-12-26T20:30:01Z, endsAt,   at most 31 days",
        "2027-11-26T20:30:01Z, 2027-11-26T21:30:00Z, startsAt, at most 366 days ahead",
    })
    void h6RefusesAClosureAtNoSaneTime(
            String startsAt, String endsAt, String field, String message) {
        InvalidForm invalid =
                catchThrowableOfType(InvalidForm.class, () -> read(startsAt, endsAt, "A drill"));

        assertThat(invalid.faults()).singleElement().extracting(Fault::field).isEqualTo(field);
        assertThat(invalid.faults().getFirst().message().in(Language.EN)).contains(message);
    }

    @Test
    void h6NamesAClosureForAllThatItSays() {
        String id = read("2026-11-25T21:00:00Z", "2026-11-25T22:00:00Z", "A drill").closure().id();

        assertThat(
                        read("2026-11-25T13:00:00-08:00", "2026-11-25T22:00:00Z", "A drill")
                                .closure()
                                .id())
                .isEqualTo(id);
        assertThat(read("2026-11-25T21:00:00Z", "2026-11-25T22:00:00Z", "Lunch").closure().id())
                .isNotEqualTo(id);
        assertThat(read("2026-11-25T21:00:00Z", "2026-11-25T22:30:00Z", "A drill").closure().id())
                .isNotEqualTo(id);
    }

    private static ClosureRequest read(String startsAt, String endsAt, String reason) {
        Form form = Form.of(Map.of("startsAt", startsAt, "endsAt", endsAt, "reason", reason));
        return form.complete(ClosureRequest.read(form, NOW));
    }
}
