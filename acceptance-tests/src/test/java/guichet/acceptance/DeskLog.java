package guichet.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.ResponseBreached;
import guichet.events.ResponseMet;
import guichet.schemas.DeadLetter;
import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that has been committed to the desk's topics, read from their beginning. */
final class DeskLog implements AutoCloseable {

    record Entry(String topic, int partition, String key, Instant time, SpecificRecord event) {}

    record Buried(byte[] key, byte[] value, DeadLetter letter) {}

    /** What routing tells its own engine stands on other topics too. */
    private static final Set<String> EVENT_TOPICS =
            Topics.all().stream()
                    .filter(topic -> topic != Topics.DEAD_LETTERS && topic != Topics.MATCHING)
                    .map(Topic::name)
                    .collect(Collectors.toUnmodifiableSet());

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RegistryAvroDeserializer<SpecificRecord> events =
            new RegistryAvroDeserializer<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Buried> buried = new ArrayList<>();

    /** When the last look at the topics began; many who wait look at once. */
    private long lastLook = System.nanoTime();

    DeskLog(String bootstrapServers, String registryUrl) {
        this(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), registryUrl);
    }

    /**
     * The log of a desk whose readers sign in.
     *
     * @param client where, and as whom
     */
    DeskLog(Map<String, Object> client, String registryUrl) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        events.configure(
                Map.of("schema.registry.url", registryUrl, "specific.avro.reader", true), false);
        consumer.assign(
                Topics.all().stream()
                        .map(Topic::name)
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(found -> new TopicPartition(found.topic(), found.partition()))
                        .toList());
    }

    /** All events so far. */
    List<Entry> entries() {
        return asOf(System.nanoTime(), entries);
    }

    /** All dead letters so far. */
    List<Buried> buried() {
        return asOf(System.nanoTime(), buried);
    }

    /** Whoever comes while another looks has what the next look finds, whoever takes it. */
    private synchronized <T> List<T> asOf(long asked, List<T> found) {
        if (lastLook - asked < 0) {
            readOn();
        }
        return List.copyOf(found);
    }

    /** The events of one kind of one contact so far. */
    <E extends SpecificRecord> List<E> of(String contactId, Class<E> kind) {
        return events(kind).filter(event -> event.get(0).equals(contactId)).toList();
    }

    /** What has become of a contact's response clock so far: met or breached. */
    List<SpecificRecord> outcomes(String contactId) {
        return Stream.concat(
                        of(contactId, ResponseMet.class).stream(),
                        of(contactId, ResponseBreached.class).stream())
                .map(SpecificRecord.class::cast)
                .toList();
    }

    /** The events of one kind so far. */
    <E extends SpecificRecord> Stream<E> events(Class<E> kind) {
        return entries().stream().map(Entry::event).filter(kind::isInstance).map(kind::cast);
    }

    /** Returns when all that is committed now has been read. */
    synchronized void readToTheEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            readOn();
        }
    }

    private void readOn() {
        lastLook = System.nanoTime();
        var records = consumer.poll(Duration.ofMillis(50));
        while (!records.isEmpty()) {
            records.forEach(this::note);
            records = consumer.poll(Duration.ofMillis(50));
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.DEAD_LETTERS.name())) {
            buried.add(new Buried(record.key(), record.value(), DeadLetter.of(record.headers())));
        } else if (EVENT_TOPICS.contains(record.topic()) && record.value() != null) {
            try {
                entries.add(
                        new Entry(
                                record.topic(),
                                record.partition(),
                                new String(record.key(), UTF_8),
                                Instant.ofEpochMilli(record.timestamp()),
                                events.deserialize(record.topic(), record.value())));
            } catch (RuntimeException spoiltOnPurpose) {
                // Tests of dead letters put records here that nobody can read.
            }
        }
    }

    @Override
    public synchronized void close() {
        consumer.close();
        events.close();
    }
}
