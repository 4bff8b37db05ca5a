package guichet.schemas.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;

/**
 * Reads Avro records in Confluent's wire format; null stays null. Takes the place of {@code
 * io.confluent.kafka.serializers.KafkaAvroDeserializer} under the same keys: those for the registry
 * named at {@link RegistryAvroSerializer}, and {@code specific.avro.reader}: false (default) gives
 * {@link org.apache.avro.generic.GenericRecord}s of the schema they were written with, true gives
 * the generated class of the same full name, by Avro's rules for a reader's schema, with logical
 * types such as {@link java.time.Instant}.
 *
 * <p>Each schema id is looked up once. Bytes that are at fault raise {@link
 * SerializationException}: no wire format, unknown id, bytes that do not decode or are left over,
 * no generated class. They will not read any better later: put them into the dead-letter topic. A
 * registry that does not answer raises {@link RegistryUnavailable}: wait.
 *
 * <p>Safe for use by several threads: what is known of a schema is shared, decoders are not.
 *
 * @param <T> what is read: one record class, or {@link SpecificRecord} for a topic of several
 */
public final class RegistryAvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {

    private volatile @Nullable Session<T> session;

    /** To be followed by {@link #configure}. */
    public RegistryAvroDeserializer() {}

    /**
     * @throws org.apache.kafka.common.config.ConfigException naming the key that is missing or
     *     wrong
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        var settings = RegistrySettings.of(configs, isKey);
        close();
        session = new Session<>(settings);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        var current = session;
        if (current == null) {
            throw new IllegalStateException(
                    "Call configure before deserialize, and not after close");
        }
        return current.deserialize(topic, data);
    }

    @Override
    public void close() {
        var ended = session;
        session = null;
        if (ended != null) {
            ended.lease.close();
        }
    }

    /** What lives from {@link #configure} to {@link #close}. */
    private static final class Session<T extends IndexedRecord> {
        private final RegistryLease lease;
        private final boolean specific;
        private final Once<Integer, DatumReader<T>> readers = new Once<>(this::reader);
        private final Spare<BinaryDecoder> decoders =
                new Spare<>(() -> DecoderFactory.get().binaryDecoder(new byte[0], null));

        Session(RegistrySettings settings) {
            this.lease = RegistryLease.of(settings.address());
            this.specific = settings.specificReader();
        }

        T deserialize(String topic, byte[] framed) {
            int id = WireFormat.id(framed);
            var reader = readers.get(id);
            try {
                return decode(reader, framed);
            } catch (IOException | RuntimeException e) {
                throw new SerializationException(
                        "The bytes from topic "
                                + topic
                                + " do not decode with schema id "
                                + id
                                + ": "
                                + e,
                        e);
            }
        }

        private T decode(DatumReader<T> reader, byte[] framed) throws IOException {
            int length = framed.length - WireFormat.HEADER_LENGTH;
            var decoder =
                    DecoderFactory.get()
                            .binaryDecoder(
                                    framed, WireFormat.HEADER_LENGTH, length, decoders.take());
            @SuppressWarnings("NullAway") // a reader makes its own record when it is given none
            var record = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IOException("bytes are left over after the record");
            }
            decoders.giveBack(decoder);
            return record;
        }

        private DatumReader<T> reader(int id) {
            var written = lease.registry().byId(id);
            return specific
                    ? specificReader(written)
                    : new GenericDatumReader<>(written, written, GenericData.get());
        }

        private DatumReader<T> specificReader(Schema written) {
            var type = GeneratedClasses.of(written);
            var data = SpecificData.getForClass(type);
            return new SpecificDatumReader<>(written, data.getSchema(type), data);
        }
    }
}
