package guichet.schemas.avro;

import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Serdes;

/**
 * {@link RegistryAvroSerializer} and {@link RegistryAvroDeserializer} in one, for Kafka Streams; to
 * be configured with the keys of both. Closing it closes both.
 *
 * @param <T> what is written and read: one record class, or {@link
 *     org.apache.avro.specific.SpecificRecord} for a topic of several
 */
public final class RegistryAvroSerde<T extends IndexedRecord> extends Serdes.WrapperSerde<T> {

    /** To be followed by {@link #configure}. */
    public RegistryAvroSerde() {
        super(new RegistryAvroSerializer<>(), new RegistryAvroDeserializer<>());
    }
}
