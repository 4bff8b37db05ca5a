package guichet.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/**
 * What every record of the desk keeps to, beyond its schema: it stands on a topic of its own, under
 * its own id, and its instants lie in this century.
 */
public final class Contract {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private Contract() {}

    /** The key of an event: its first field. */
    public static String keyOf(SpecificRecord event) {
        return (String) event.get(0);
    }

    /**
     * Why a record may not stand on a topic.
     *
     * @param key the record's key, null where it has none
     * @return the fault in words for whoever sent it; empty for a good record
     */
    public static Optional<String> fault(Topic topic, @Nullable String key, SpecificRecord event) {
        if (!topic.events().contains(event.getClass())) {
            return Optional.of(
                    "%s does not belong on %s"
                            .formatted(event.getSchema().getFullName(), topic.name()));
        }
        String idField = event.getSchema().getFields().getFirst().name();
        if (keyOf(event).isBlank()) {
            return Optional.of(idField + " is blank");
        }
        if (!keyOf(event).equals(key)) {
            return Optional.of(
                    "the record's key is '%s' but %s is '%s'; they must be the same"
                            .formatted(key, idField, keyOf(event)));
        }
        return event.getSchema().getFields().stream()
                .filter(field -> event.get(field.pos()) instanceof Instant at && !isPlausible(at))
                .findFirst()
                .map(
                        field ->
                                "%s is %s; an instant lies between %s and %s"
                                        .formatted(
                                                field.name(),
                                                event.get(field.pos()),
                                                EARLIEST,
                                                LATEST));
    }

    private static boolean isPlausible(Instant at) {
        return !at.isBefore(EARLIEST) && at.isBefore(LATEST);
    }
}
