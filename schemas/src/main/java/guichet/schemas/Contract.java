package guichet.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What every record of the desk keeps to, beyond its schema: it stands on a topic of its own, under
 * its own id, and its instants lie in this century; what has happened did so before it was
 * recorded.
 */
public final class Contract {

    /**
     * In bytes: no event is larger, uncompressed; half of what a Kafka producer takes by default,
     * so that whatever is said of an event can be written.
     */
    public static final int LARGEST_EVENT = 512 * 1024;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /** How far a sender's clocks may be apart. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int LONGEST_ID = 200;

    private Contract() {}

    /** The key of an event: its first field. */
    public static String keyOf(SpecificRecord event) {
        return (String) event.get(0);
    }

    /** Whether a text can be a key. */
    public static boolean isId(String text) {
        return !text.isBlank() && text.length() <= LONGEST_ID;
    }

    /**
     * Why a record may not stand on a topic.
     *
     * @param key the record's key, null where it has none
     * @param recordedAt the record's timestamp: on a channel topic nothing happens after it
     * @return the fault in words for whoever sent it, which quote neither key nor texts: they may
     *     be anything, and this is logged; empty for a good record
     */
    public static Optional<String> fault(
            Topic topic, @Nullable String key, Instant recordedAt, SpecificRecord event) {
        if (!topic.events().contains(event.getClass())) {
            return Optional.of(
                    "%s does not belong on %s"
                            .formatted(event.getSchema().getFullName(), topic.name()));
        }
        String idField = event.getSchema().getFields().getFirst().name();
        if (!isId(keyOf(event))) {
            return Optional.of(
                    "%s has %d characters; it needs 1 to %d that are not all blank"
                            .formatted(idField, keyOf(event).length(), LONGEST_ID));
        }
        if (!keyOf(event).equals(key)) {
            return Optional.of(
                    "the record's key is another than its %s; they must be the same"
                            .formatted(idField));
        }
        Instant latest =
                Topics.CHANNEL_TOPICS.contains(topic) ? recordedAt.plus(TOLERANCE) : LATEST;
        return event.getSchema().getFields().stream()
                .filter(
                        field ->
                                event.get(field.pos()) instanceof Instant at
                                        && (at.isBefore(EARLIEST) || at.isAfter(latest)))
                .findFirst()
                .map(
                        field ->
                                "%s is %s; an instant here lies between %s and %s"
                                        .formatted(
                                                field.name(),
                                                event.get(field.pos()),
                                                EARLIEST,
                                                latest));
    }
}
