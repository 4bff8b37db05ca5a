package guichet.schemas.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;

/**
 * Writes Avro records, generated or generic, in Confluent's wire format; null stays null. Takes the
 * place of {@code io.confluent.kafka.serializers.KafkaAvroSerializer} under the same keys:
 *
 * <table>
 * <caption>Configuration</caption>
 * <tr><th>key</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code schema.registry.url}</td><td></td><td>URLs, by commas, tried in turn;
 *     {@code mock://scope} is a registry in this JVM</td></tr>
 * <tr><td>{@code auto.register.schemas}</td><td>true</td><td>register a schema that is new; goes
 *     before {@code use.latest.version}</td></tr>
 * <tr><td>{@code use.latest.version}</td><td>false</td><td>write with the subject's newest schema,
 *     looked up once; the record is brought to it by Avro's rules</td></tr>
 * <tr><td>{@code normalize.schemas}</td><td>false</td><td>the registry normalizes before it
 *     compares</td></tr>
 * <tr><td>{@code key.subject.name.strategy}, {@code value.subject.name.strategy}</td>
 *     <td>{@code TopicNameStrategy}</td><td>Confluent's three strategies, as class or name; the
 *     class need not be there</td></tr>
 * <tr><td>{@code basic.auth.credentials.source}</td><td>{@code URL}</td><td>or {@code USER_INFO};
 *     both keys also with the prefix {@code schema.registry.}</td></tr>
 * <tr><td>{@code basic.auth.user.info}</td><td></td><td>{@code user:password}</td></tr>
 * <tr><td>{@code max.retries}</td><td>3</td><td>further rounds over all URLs</td></tr>
 * <tr><td>{@code retries.wait.ms}, {@code retries.max.wait.ms}</td><td>1000, 20000</td><td>first and
 *     longest wait between rounds, doubling</td></tr>
 * <tr><td>{@code http.connect.timeout.ms}, {@code http.read.timeout.ms}</td><td>10000, 10000</td>
 *     <td>milliseconds; Confluent's are 60000, longer than a poll loop should stand still</td></tr>
 * </table>
 *
 * <p>Schemas are registered without {@code avro.java.string}. A record that is at fault raises
 * {@link SerializationException}; a registry that does not answer raises {@link
 * RegistryUnavailable}.
 *
 * <p>Safe for use by several threads: what is known of a schema is shared, buffers are not.
 *
 * @param <T> what is written: one record class, or {@link SpecificRecord} for a topic of several
 */
public final class RegistryAvroSerializer<T extends IndexedRecord> implements Serializer<T> {

    static {
        GeneratedClasses.trust();
    }

    private volatile @Nullable Session session;

    /** To be followed by {@link #configure}. */
    public RegistryAvroSerializer() {}

    /**
     * @throws org.apache.kafka.common.config.ConfigException naming the key that is missing or
     *     wrong
     */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        var settings = RegistrySettings.of(configs, isKey);
        close();
        session = new Session(settings, isKey);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        return data == null ? null : configured().serialize(topic, data);
    }

    /**
     * Has the registry know a kind of record, and remembers what it says, for all serializers of
     * this registry's settings, as long as this one is open. The first record of the kind then
     * waits for nothing.
     *
     * @param type a generated class
     * @throws RegistryUnavailable where the registry does not answer; to be tried again
     * @throws SerializationException where it does not take the schema
     */
    public void prepare(String topic, Class<? extends SpecificRecord> type) {
        configured().prepare(topic, type);
    }

    private Session configured() {
        var current = session;
        if (current == null) {
            throw new IllegalStateException("Call configure before serialize, and not after close");
        }
        return current;
    }

    @Override
    public void close() {
        var ended = session;
        session = null;
        if (ended != null) {
            ended.lease.close();
        }
    }

    private record Kind(String topic, Class<?> type, Schema schema) {}

    private record Encoding(byte[] header, DatumWriter<IndexedRecord> writer) {}

    /** What lives from {@link #configure} to {@link #close}. */
    private static final class Session {
        private final RegistrySettings settings;
        private final boolean isKey;
        private final RegistryLease lease;
        private final Once<Kind, Encoding> encodings = new Once<>(this::encoding);
        private final Spare<FrameBuffer> buffers = new Spare<>(FrameBuffer::new);

        Session(RegistrySettings settings, boolean isKey) {
            this.settings = settings;
            this.isKey = isKey;
            this.lease = RegistryLease.of(settings.address());
        }

        byte[] serialize(String topic, IndexedRecord record) {
            var encoding = encodings.get(new Kind(topic, record.getClass(), record.getSchema()));
            var buffer = buffers.take();
            try {
                var framed = buffer.frame(encoding.header(), encoding.writer(), record);
                if (buffer.isWorthKeeping()) {
                    buffers.giveBack(buffer);
                }
                return framed;
            } catch (IOException | RuntimeException e) {
                throw new SerializationException(
                        "The "
                                + record.getSchema().getFullName()
                                + " for topic "
                                + topic
                                + " does not fit its schema",
                        e);
            }
        }

        void prepare(String topic, Class<? extends SpecificRecord> type) {
            var schema = SpecificData.getForClass(type).getSchema(type);
            var unused = encodings.get(new Kind(topic, type, schema));
        }

        private Encoding encoding(Kind kind) {
            var own = RegisteredForm.of(kind.schema());
            var subject = settings.subjects().subject(kind.topic(), isKey, own);
            var registry = lease.registry();
            return switch (settings.schemaSource()) {
                case REGISTER ->
                        encoding(registry.register(subject, own, settings.normalize()), kind);
                case FIND -> encoding(registry.find(subject, own, settings.normalize()), kind);
                case LATEST -> latestEncoding(registry.latest(subject), own, kind, subject);
            };
        }

        private static Encoding encoding(int id, Kind kind) {
            return new Encoding(WireFormat.header(id), writer(kind));
        }

        private static Encoding latestEncoding(
                SchemaRegistry.Registered latest, Schema own, Kind kind, String subject) {
            if (RegisteredForm.of(latest.schema()).equals(own)) {
                return encoding(latest.id(), kind);
            }
            return new Encoding(
                    WireFormat.header(latest.id()),
                    UpgradingWriter.between(own, latest.schema(), writer(kind), subject));
        }

        @SuppressWarnings("unchecked")
        private static DatumWriter<IndexedRecord> writer(Kind kind) {
            return SpecificRecord.class.isAssignableFrom(kind.type())
                    ? new SpecificDatumWriter<>(
                            kind.schema(),
                            SpecificData.getForClass((Class<IndexedRecord>) kind.type()))
                    : new GenericDatumWriter<>(kind.schema(), GenericData.get());
        }
    }
}
