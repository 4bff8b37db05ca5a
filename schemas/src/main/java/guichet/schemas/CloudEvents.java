package guichet.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;

import java.time.Instant;
import java.util.UUID;

/** The CloudEvents 1.0 attributes that every record carries as headers (Kafka binary mode). */
public final class CloudEvents {

    private static final String RETRACTED = "guichet.events.Retracted";

    private CloudEvents() {}

    /**
     * Puts the attributes of an event on its record, in place of those that were there.
     *
     * <p>The id is derived from type, key, time and what the event says, so that the same event
     * written twice, by a retry or a replay, has the same id, and two of one moment have not.
     *
     * @param source the service that speaks, for example {@code sla-monitor-service}
     * @param time when it happened; the record's timestamp as well
     */
    public static Headers addTo(
            Headers headers, SpecificRecord event, String source, Instant time) {
        return put(
                headers,
                event.getSchema().getFullName(),
                Contract.keyOf(event),
                Integer.toHexString(event.hashCode()),
                source,
                time);
    }

    /**
     * Puts the attributes of a record without a value, which takes back what was said under its
     * key. Their type is {@value #RETRACTED}.
     *
     * @param topic of the record
     * @param source as above
     * @param time as above
     */
    public static Headers addToRetraction(
            Headers headers, Topic topic, String key, String source, Instant time) {
        return put(headers, RETRACTED, key, topic.name(), source, time);
    }

    private static Headers put(
            Headers headers, String type, String key, String what, String source, Instant time) {
        String identity = String.join("\n", type, key, Long.toString(time.toEpochMilli()), what);
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString());
        put(headers, "ce_type", type);
        put(headers, "ce_source", "/guichet/" + source);
        put(headers, "ce_time", time.toString());
        return headers;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }
}
