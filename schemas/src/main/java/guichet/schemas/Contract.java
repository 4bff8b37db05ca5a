package guichet.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** What every record of the desk keeps to, beyond its schema. */
public final class Contract {

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
        return Optional.empty();
    }
}
