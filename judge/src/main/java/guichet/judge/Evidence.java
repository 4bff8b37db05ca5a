package guichet.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.AgentSeen;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryUnavailable;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a desk's topics held, committed, at one moment. Kept in memory but for what says nothing.
 */
public final class Evidence {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The services take nothing larger for an event. */
    private static final int LARGEST_EVENT = 512 * 1024;

    private static final List<Topic> INPUTS =
            Stream.concat(Topics.CHANNEL_TOPICS.stream(), Stream.of(Topics.CLOSURES, Topics.AGENTS))
                    .toList();

    private static final List<Topic> OUTPUTS =
            List.of(
                    Topics.assignments("en"),
                    Topics.assignments("pt"),
                    Topics.assignments("es"),
                    Topics.DESKTOPS,
                    Topics.SLA,
                    Topics.CONVERSIONS);

    private final Instant end;
    private final List<Entry> entries = new ArrayList<>();
    private Instant wholeSince = Instant.MIN;
    private int unreadable;
    private int meaningless;

    /**
     * Of nothing yet.
     *
     * @param end when the log ended: when its reading began
     */
    Evidence(Instant end) {
        this.end = end;
    }

    /**
     * Takes a record, those of one key and topic in their order. Of one from which nothing follows,
     * such as the beat of an agent's desktop, it remembers only that it was there.
     */
    void take(Entry entry) {
        if (entry.event() instanceof AgentSeen seen
                && Contract.fault(entry.topic(), entry.key(), entry.recordedAt(), seen).isEmpty()) {
            meaningless++;
        } else {
            entries.add(entry);
        }
    }

    /** Notes that a topic on which contacts begin holds nothing any more from before then. */
    void lacksBeginningsBefore(Instant earliest) {
        if (earliest.isAfter(wholeSince)) {
            wholeSince = earliest;
        }
    }

    /** How many records it remembers. */
    int size() {
        return entries.size();
    }

    /**
     * Reads it all, up to where it ends now.
     *
     * @param bootstrapServers of the desk's Kafka
     * @param registryUrl of the schema registry's Confluent API
     * @param clock says when "now" is
     * @throws KafkaException if the broker or the registry does not answer, or a topic is missing
     */
    public static Evidence read(String bootstrapServers, String registryUrl, InstantSource clock) {
        try (var consumer =
                        new KafkaConsumer<>(
                                configuration(bootstrapServers),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                var events = new RegistryAvroDeserializer<SpecificRecord>()) {
            events.configure(
                    Map.of("schema.registry.url", registryUrl, "specific.avro.reader", true),
                    false);
            return read(consumer, events, clock);
        }
    }

    /**
     * Compares what the services said with what they had to say.
     *
     * @param policy the file that the desk's services run with
     * @param settled what falls due less than this before the end of the log may still be missing
     * @param tolerance how long after it happened a fact may have been recorded; it must then not
     *     have counted for what fell due before it was
     */
    public Verdict judge(SupportPolicy policy, Duration settled, Duration tolerance) {
        return new Trial(policy, end.minus(settled), tolerance, wholeSince)
                .verdict(entries, meaningless, unreadable);
    }

    private static Map<String, Object> configuration(String bootstrapServers) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(PATIENCE.toMillis()),
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000);
    }

    /**
     * The outputs end where they ended before the inputs did, so that whatever they speak of is
     * among the inputs.
     */
    private static Evidence read(
            KafkaConsumer<byte[], byte[]> consumer,
            RegistryAvroDeserializer<SpecificRecord> events,
            InstantSource clock) {
        List<TopicPartition> outputs = partitions(consumer, OUTPUTS);
        List<TopicPartition> inputs = partitions(consumer, INPUTS);
        consumer.assign(Stream.concat(outputs.stream(), inputs.stream()).toList());
        consumer.seekToBeginning(consumer.assignment());
        Instant end = clock.instant();
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(outputs));
        ends.putAll(consumer.endOffsets(inputs));
        Evidence evidence = new Evidence(end);
        Set<TopicPartition> cutOff = cutOff(consumer);
        long lastProgress = System.nanoTime();
        while (isBefore(consumer, ends)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                lastProgress = System.nanoTime();
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (cutOff.remove(partition)) {
                    evidence.lacksBeginningsBefore(Instant.ofEpochMilli(record.timestamp()));
                }
                if (record.offset() < ends.getOrDefault(partition, 0L)) {
                    try {
                        evidence.take(entry(record, events));
                    } catch (RegistryUnavailable down) {
                        throw down;
                    } catch (SerializationException offContract) {
                        evidence.unreadable++;
                    }
                }
            }
            if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
                throw new KafkaException("the broker has sent nothing for " + PATIENCE);
            }
        }
        if (!cutOff.isEmpty()) {
            evidence.lacksBeginningsBefore(end);
        }
        return evidence;
    }

    /** Where contacts begin and the oldest of them are gone. */
    private static Set<TopicPartition> cutOff(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> cutOff = new HashSet<>();
        consumer.beginningOffsets(partitions(consumer, Topics.CHANNEL_TOPICS))
                .forEach(
                        (partition, offset) -> {
                            if (offset > 0) {
                                cutOff.add(partition);
                            }
                        });
        return cutOff;
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, List<Topic> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : topics) {
            var found = consumer.partitionsFor(topic.name());
            if (found == null || found.isEmpty()) {
                throw new KafkaException("there is no topic " + topic.name());
            }
            found.forEach(
                    info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return partitions;
    }

    private static boolean isBefore(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private static Entry entry(
            ConsumerRecord<byte[], byte[]> record,
            RegistryAvroDeserializer<SpecificRecord> events) {
        if (record.value() != null && record.value().length > LARGEST_EVENT) {
            throw new SerializationException("larger than an event may be");
        }
        return new Entry(
                Topics.named(record.topic()).orElseThrow(),
                record.key() == null ? null : new String(record.key(), UTF_8),
                Instant.ofEpochMilli(record.timestamp()),
                events.deserialize(record.topic(), record.value()));
    }
}
