package guichet.judge;

import guichet.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A record of a desk's log.
 *
 * @param recordedAt its timestamp
 * @param event null where the record has no value
 */
record Entry(
        Topic topic, @Nullable String key, Instant recordedAt, @Nullable SpecificRecord event) {}
