package guichet.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;

import guichet.schemas.CloudEvents;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.avro.RegistryAvroSerializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** What agents' tools and upstream channels do: put events, and sometimes rubbish, on a topic. */
final class AgentTools implements AutoCloseable {

    /**
     * The producer tries again for two minutes by itself; a broker may be killed twice in a row.
     */
    private static final long LONGEST_OUTAGE = 150;

    private final RegistryAvroSerializer<SpecificRecord> events = new RegistryAvroSerializer<>();
    private final KafkaProducer<byte[], byte[]> producer;

    AgentTools(String bootstrapServers, String registryUrl) {
        this(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), registryUrl);
    }

    /**
     * Tools that sign in.
     *
     * @param client where, and as whom
     */
    AgentTools(Map<String, Object> client, String registryUrl) {
        Map<String, Object> registry = new HashMap<>();
        registry.put("schema.registry.url", registryUrl);
        registry.put(
                "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
        events.configure(registry, false);
        producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Records an event as having happened then; returns when the broker has it. */
    void publish(Topic topic, SpecificRecord event, Instant when) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic.name(),
                        null,
                        when.toEpochMilli(),
                        Contract.keyOf(event).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        serialize(topic, event));
        CloudEvents.addTo(record.headers(), event, "agent-tools", when);
        await(producer.send(record));
    }

    /** Puts any bytes on a topic. */
    void publishBytes(Topic topic, byte[] key, byte[] value) {
        await(producer.send(new ProducerRecord<>(topic.name(), key, value)));
    }

    byte[] serialize(Topic topic, SpecificRecord event) {
        return events.serialize(topic.name(), event);
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get(LONGEST_OUTAGE, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("not recorded", e);
        }
    }

    @Override
    public void close() {
        producer.close();
        events.close();
    }
}
