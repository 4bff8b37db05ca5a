package guichet.chassis;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import java.time.Instant;

/** Reads the bytes of a record as the event that they must be. */
final class EventReader {

    private final Deserializer<SpecificRecord> events;

    EventReader(Deserializer<SpecificRecord> events) {
        this.events = events;
    }

    /**
     * The event, which keeps to the contract of its topic.
     *
     * @throws SerializationException where the bytes are no event that the registry knows
     * @throws BrokenContract where they are an event that must not be there
     */
    SpecificRecord read(Record<byte[], byte[]> record, RecordMetadata origin) {
        if (record.value() == null) {
            throw new BrokenContract("the record has no value");
        }
        if (record.value().length > Contract.LARGEST_EVENT) {
            throw new BrokenContract(
                    "the record has %d bytes; an event has %d at most"
                            .formatted(record.value().length, Contract.LARGEST_EVENT));
        }
        SpecificRecord event = events.deserialize(origin.topic(), record.value());
        String key = record.key() == null ? null : new String(record.key(), UTF_8);
        Topic topic = Topics.named(origin.topic()).orElseThrow();
        Contract.fault(topic, key, Instant.ofEpochMilli(record.timestamp()), event)
                .ifPresent(
                        fault -> {
                            throw new BrokenContract(fault);
                        });
        return event;
    }

    /** A record that its schema allows and the desk's contract does not. */
    static final class BrokenContract extends RuntimeException {

        BrokenContract(String fault) {
            super(fault, null, false, false);
        }
    }
}
