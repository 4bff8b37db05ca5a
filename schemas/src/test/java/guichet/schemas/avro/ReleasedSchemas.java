package guichet.schemas.avro;

import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The contracts that have left the house: {@code src/released/<full name>/<version>.avsc}, from 1
 * without a gap. A schema must read and be read by every one of them, and be the newest of them.
 */
final class ReleasedSchemas {

    private static final Path RELEASED = Path.of("src", "released");
    private static final Path CURRENT = Path.of("target", "schemas");
    private static final SchemaValidator FULL_TRANSITIVE =
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

    private ReleasedSchemas() {}

    /** Fails with what to do when the schema breaks a release or is not released. */
    static void check(Schema schema) {
        var released = versionsOf(schema.getFullName());
        var current = RegisteredForm.of(schema);
        checkCompatibility(current, released);
        if (released.isEmpty() || !released.getLast().equals(current)) {
            throw new AssertionError(
                    "%s is not released as it is now. When it is to stay so, run in schemas: mkdir -p %s && cp %s %s"
                            .formatted(
                                    schema.getFullName(),
                                    RELEASED.resolve(schema.getFullName()),
                                    write(current),
                                    file(schema.getFullName(), released.size() + 1)));
        }
    }

    /**
     * Fails when the schema cannot read one of the released versions of its name, or be read by it.
     */
    static void checkCompatibility(Schema current, List<Schema> released) {
        var newestFirst = new ArrayList<>(released);
        Collections.reverse(newestFirst);
        try {
            FULL_TRANSITIVE.validate(current, newestFirst);
        } catch (SchemaValidationException e) {
            throw new AssertionError(
                    "%s breaks a released version: give each new or removed field a default, or name a new event. %s"
                            .formatted(current.getFullName(), e.getMessage()),
                    e);
        }
    }

    /** All released versions, oldest first. */
    static List<Schema> versionsOf(String fullName) {
        var versions = new ArrayList<Schema>();
        for (int version = 1; Files.exists(file(fullName, version)); version++) {
            versions.add(read(file(fullName, version)));
        }
        return versions;
    }

    private static Path file(String fullName, int version) {
        return RELEASED.resolve(fullName).resolve(version + ".avsc");
    }

    private static Schema read(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Schema schema) {
        try {
            Files.createDirectories(CURRENT);
            return Files.writeString(
                    CURRENT.resolve(schema.getFullName() + ".avsc"), schema.toString(true) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
