package guichet.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

class ReleasedSchemasTest {

    @ParameterizedTest
    @MethodSource("events")
    void everyEventKeepsItsReleasedContracts(Schema event) {
        ReleasedSchemas.check(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void aNewFieldWithoutDefaultBreaksTheContract(Schema event) {
        var changed = with(event, fields -> fields.add(new Schema.Field("added", longs())));

        assertThatThrownBy(() -> checkAgainstRelease(changed))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(event.getFullName())
                .hasMessageContaining("default");
    }

    @ParameterizedTest
    @MethodSource("events")
    void aNewFieldWithDefaultKeepsTheContract(Schema event) {
        var changed =
                with(event, fields -> fields.add(new Schema.Field("added", longs(), null, 0L)));

        assertThatCode(() -> checkAgainstRelease(changed)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("events")
    void removingAFieldWithoutDefaultBreaksTheContract(Schema event) {
        var changed = with(event, fields -> fields.remove(firstWithoutDefault(fields)));

        assertThatThrownBy(() -> checkAgainstRelease(changed)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aContractHoldsAgainstAllVersionsNotOnlyTheNewest() {
        var first = record(List.of(new Schema.Field("a", longs(), null, 0L)));
        var second = record(List.of());
        var third =
                record(List.of(new Schema.Field("a", Schema.create(Schema.Type.STRING), null, "")));

        ReleasedSchemas.checkCompatibility(third, List.of(second));

        assertThatThrownBy(() -> ReleasedSchemas.checkCompatibility(third, List.of(first, second)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anEventThatWasNeverReleasedSaysHowToReleaseIt() {
        var fresh = record(List.of(new Schema.Field("a", longs())));

        assertThatThrownBy(() -> ReleasedSchemas.check(fresh))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "mkdir -p src/released/guichet.events.Fresh && cp"
                                + " target/schemas/guichet.events.Fresh.avsc"
                                + " src/released/guichet.events.Fresh/1.avsc");
    }

    @Test
    void partsOfEventsAreHeldByTheEventsTheyArePartOf() {
        assertThat(events().map(Schema::getName))
                .contains("TicketCreated", "ContactConverted", "ResponseBreached")
                .doesNotContain("Customer", "Attachment", "Origin", "Capacity");
    }

    static Stream<Schema> events() {
        return EventRecords.onTopics().stream();
    }

    private static void checkAgainstRelease(Schema changed) {
        ReleasedSchemas.checkCompatibility(
                changed, ReleasedSchemas.versionsOf(changed.getFullName()));
    }

    private static Schema longs() {
        return Schema.create(Schema.Type.LONG);
    }

    private static Schema.Field firstWithoutDefault(List<Schema.Field> fields) {
        return fields.stream().filter(field -> !field.hasDefaultValue()).findFirst().orElseThrow();
    }

    private static Schema record(List<Schema.Field> fields) {
        return Schema.createRecord("Fresh", null, "guichet.events", false, fields);
    }

    private static Schema with(Schema event, Consumer<List<Schema.Field>> change) {
        var fields = new ArrayList<Schema.Field>();
        RegisteredForm.of(event)
                .getFields()
                .forEach(f -> fields.add(new Schema.Field(f, f.schema())));
        change.accept(fields);
        return Schema.createRecord(event.getName(), null, event.getNamespace(), false, fields);
    }
}
