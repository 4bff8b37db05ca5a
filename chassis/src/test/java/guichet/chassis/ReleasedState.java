package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Holds a service's state to what it can read back after an upgrade. */
public final class ReleasedState {

    private ReleasedState() {}

    /** Fails when the state as it is now is not released, or cannot read an earlier release. */
    public static void check(Class<? extends SpecificRecord> type) throws IOException {
        Schema current = SpecificData.get().getSchema(type);
        List<Schema> released = StateSerde.released(type);
        Path written = Path.of("target", type.getName() + ".avsc");
        Files.writeString(written, current.toString(true));
        assertThat(released)
                .as(
                        "%s is kept in stores and not released as it is now: copy %s to src/main/resources/state/%s/%d.avsc",
                        type.getSimpleName(), written, type.getName(), released.size() + 1)
                .extracting(SchemaNormalization::parsingFingerprint64)
                .endsWith(SchemaNormalization.parsingFingerprint64(current));
        try {
            new SchemaValidatorBuilder()
                    .canReadStrategy()
                    .validateAll()
                    .validate(current, released);
        } catch (SchemaValidationException e) {
            throw new AssertionError(
                    type.getSimpleName() + " cannot read what an earlier release has kept", e);
        }
    }
}
