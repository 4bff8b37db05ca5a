package guichet.chassis;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.traces.MessageSpans;
import guichet.deadlines.Knowledge;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroSerde;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * One partition of a service, run on its real topology, stores and serdes, with the clock in the
 * test's hand.
 */
public final class DeskDriver implements AutoCloseable {

    private final Serde<SpecificRecord> events = new RegistryAvroSerde<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final CountedCommits topology = new CountedCommits();
    private final TopologyTestDriver driver;
    private Instant now;
    private Instant known = Instant.MAX;

    public DeskDriver(DeskTopology desk, Instant start) {
        this(desk, start, MessageSpans.OFF);
    }

    public DeskDriver(DeskTopology desk, Instant start, MessageSpans spans) {
        events.configure(
                Map.of(
                        "schema.registry.url",
                        "mock://" + UUID.randomUUID(),
                        "specific.avro.reader",
                        true,
                        "value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy"),
                false);
        desk.addTo(topology, events, this::knowledge, meters, spans);
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "desk-" + UUID.randomUUID());
        driver = new TopologyTestDriver(topology, settings, start);
        now = start;
    }

    private Knowledge knowledge(TaskId task, Collection<String> topics) {
        return new Knowledge() {
            @Override
            public void read(RecordMetadata record) {}

            @Override
            public long until(long now) {
                return known.isBefore(Instant.ofEpochMilli(now)) ? known.toEpochMilli() : now;
            }
        };
    }

    /** What was recorded later than that may lie unread; {@link Instant#MAX} for nothing. */
    public void knowOnlyUntil(Instant known) {
        this.known = known;
    }

    /** An event is recorded, not before it happened, and read, under its own key. */
    public void read(Topic topic, SpecificRecord event) {
        read(topic, event, new RecordHeaders());
    }

    /** As above, as part of a trace. */
    public void read(Topic topic, SpecificRecord event, String traceparent) {
        read(topic, event, new RecordHeaders().add("traceparent", traceparent.getBytes(UTF_8)));
    }

    private void read(Topic topic, SpecificRecord event, Headers headers) {
        Instant recordedAt =
                event.getSchema().getFields().stream()
                        .map(field -> event.get(field.pos()))
                        .filter(Instant.class::isInstance)
                        .map(Instant.class::cast)
                        .filter(now::isBefore)
                        .max(Comparator.naturalOrder())
                        .orElse(now);
        read(
                topic,
                Contract.keyOf(event).getBytes(UTF_8),
                events.serializer().serialize(topic.name(), event),
                headers,
                recordedAt);
    }

    /** Any bytes are recorded and read. */
    public void readBytes(Topic topic, byte[] key, byte[] value) {
        read(topic, key, value, new RecordHeaders(), now);
    }

    private void read(Topic topic, byte[] key, byte[] value, Headers headers, Instant recordedAt) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, recordedAt));
    }

    /**
     * Goes on with what another driver's key-value stores hold, as a service does that is started
     * again; traces are in windows.
     */
    public void takeOver(DeskDriver stopped) {
        for (String name : driver.getAllStateStores().keySet()) {
            KeyValueStore<Object, Object> from = stopped.driver.getKeyValueStore(name);
            KeyValueStore<Object, Object> to = driver.getKeyValueStore(name);
            if (from == null) {
                continue;
            }
            try (KeyValueIterator<Object, Object> entries = from.all()) {
                entries.forEachRemaining(entry -> to.put(entry.key, entry.value));
            }
        }
    }

    /** The wall clock moves on, and with it the deadlines. */
    public void advance(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    public Instant now() {
        return now;
    }

    /** Events written to a topic since last asked. */
    public List<SpecificRecord> written(Topic topic) {
        return records(topic).stream().map(TestRecord::value).toList();
    }

    /** Records written to a topic since last asked. */
    public List<TestRecord<String, SpecificRecord>> records(Topic topic) {
        return driver.createOutputTopic(
                        topic.name(), new StringDeserializer(), events.deserializer())
                .readRecordsToList();
    }

    /** Dead letters written since last asked. */
    public List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(
                        Topics.DEAD_LETTERS.name(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** How often a commit was asked for, since last asked, that is not due in turn. */
    int commitsAskedFor() {
        return topology.take();
    }

    /** What the chassis measures. */
    MeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        driver.close();
        events.close();
    }
}
