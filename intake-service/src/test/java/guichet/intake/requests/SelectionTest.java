package guichet.intake.requests;

import static guichet.intake.requests.Events.at;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import guichet.chassis.forms.InvalidForm;
import guichet.policy.Channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class SelectionTest {

    @Test
    void takesTwentyOfAllUnlessToldOtherwise() {
        assertThat(Selection.read(Map.of())).isEqualTo(new Selection(null, null, null, 20));
    }

    @Test
    void goesOnWhereACursorSays() {
        Cursor cursor = new Cursor(at(7), "an id with blanks");

        assertThat(
                        Selection.read(
                                Map.of(
                                        "state",
                                        "waiting",
                                        "channel",
                                        "chat",
                                        "cursor",
                                        cursor.opaque(),
                                        "limit",
                                        "100")))
                .isEqualTo(new Selection(RequestState.WAITING, Channel.CHAT, cursor, 100));
    }

    @ParameterizedTest
    @CsvSource({
        "state,   LOST",
        "channel, FAX",
        "limit,   0",
        "limit,   101",
        "limit,   -1",
        "limit,   twenty",
        "cursor,  x",
        "cursor,  !!!!",
        "cursor,  MTIz",
        "cursor,  LTEgYQ",
        "cursor,  OTk5OTk5OTk5OTk5OTk5OTk5IGE",
        "page,    2",
    })
    void namesAParameterThatIsFaulty(String name, String value) {
        assertThatExceptionOfType(InvalidForm.class)
                .isThrownBy(() -> Selection.read(Map.of(name, value)))
                .satisfies(
                        invalid ->
                                assertThat(invalid.faults())
                                        .extracting(fault -> fault.field())
                                        .containsExactly(name));
    }
}
