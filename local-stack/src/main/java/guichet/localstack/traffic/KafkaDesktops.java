package guichet.localstack.traffic;

import guichet.schemas.CloudEvents;
import guichet.schemas.Contract;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryAvroSerializer;
import guichet.schemas.avro.RegistryUnavailable;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The desktops of all agents, straight on Kafka: one loop that reads what the desk tells them and
 * writes what they say. Only the public contracts are used, as by a desktop of the owner's own.
 */
final class KafkaDesktops implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Agents agents;
    private final KafkaConsumer<String, SpecificRecord> desk;
    private final KafkaProducer<String, SpecificRecord> tools;
    private volatile boolean goingHome;

    KafkaDesktops(String bootstrapServers, String registryUrl, Agents agents) {
        this.agents = agents;
        var reading = new RegistryAvroDeserializer<SpecificRecord>();
        reading.configure(
                Map.of("schema.registry.url", registryUrl, "specific.avro.reader", true), false);
        this.desk =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed"),
                        new StringDeserializer(),
                        reading);
        var writing = new RegistryAvroSerializer<SpecificRecord>();
        writing.configure(
                Map.of(
                        "schema.registry.url",
                        registryUrl,
                        "value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy"),
                false);
        this.tools =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringSerializer(),
                        writing);
    }

    /** Works until {@link #close}; to be called once, on a thread of its own. */
    void work() {
        try (desk;
                tools) {
            catchUp();
            Instant start = Instant.now();
            say(agents.begin(start), start);
            while (!goingHome) {
                poll().forEach(this::hear);
                Instant now = Instant.now();
                say(agents.act(now), now);
            }
            Instant end = Instant.now();
            say(agents.goHome(end), end);
        }
    }

    /** Lets the agents go home soon. */
    @Override
    public void close() {
        goingHome = true;
    }

    private void catchUp() {
        List<TopicPartition> partitions =
                desk.partitionsFor(Topics.DESKTOPS.name()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        // By hand, not by subscription: after a kill nobody waits for a session to end.
        desk.assign(partitions);
        desk.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = desk.endOffsets(partitions);
        while (!goingHome
                && ends.entrySet().stream()
                        .anyMatch(end -> desk.position(end.getKey()) < end.getValue())) {
            poll().forEach(this::hear);
        }
    }

    private ConsumerRecords<String, SpecificRecord> poll() {
        try {
            return desk.poll(POLL);
        } catch (RecordDeserializationException unreadable) {
            if (!(unreadable.getCause() instanceof RegistryUnavailable)) {
                desk.seek(unreadable.topicPartition(), unreadable.offset() + 1);
            }
            return ConsumerRecords.empty();
        }
    }

    private void hear(ConsumerRecord<String, SpecificRecord> record) {
        agents.hear(record.value());
    }

    private void say(List<Agents.Saying> sayings, Instant at) {
        for (Agents.Saying saying : sayings) {
            var record =
                    new ProducerRecord<>(
                            saying.topic().name(),
                            null,
                            at.toEpochMilli(),
                            Contract.keyOf(saying.event()),
                            saying.event());
            CloudEvents.addTo(record.headers(), saying.event(), "demo-agents", at);
            tools.send(record);
        }
    }
}
