package guichet.chassis;

import guichet.chassis.traces.MessageSpans;
import guichet.deadlines.Knowledge;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

import java.util.List;
import java.util.Set;

/**
 * A service, or a part of one, as Kafka Streams runs it: topics in, one task a partition, topics
 * out. Parts of a service share its streams and meet in topics as services do.
 *
 * @param service its name, as events and dead letters give it
 * @param inputs topics it reads; all with the same number of partitions
 * @param outputs topics it writes, dead letters aside
 * @param stores what its tasks keep
 * @param tasks opens a partition's task
 */
public record DeskTopology(
        String service,
        List<Topic> inputs,
        List<Topic> outputs,
        Set<StoreBuilder<?>> stores,
        DeskTask.Factory tasks) {

    /**
     * Adds this part to a topology that reads none of its inputs yet.
     *
     * @param events reads and writes events in the registry's wire format
     * @param spans of what is read and written
     */
    public void addTo(
            Topology topology,
            Serde<SpecificRecord> events,
            Knowledge.Source knowledge,
            MeterRegistry meters,
            MessageSpans spans) {
        // A topic has one reader in a topology, so its name tells the parts apart.
        String part = inputs.getFirst().name();
        String source = part + "-in";
        String processor = part + "-task";
        topology.addSource(
                AutoOffsetReset.earliest(),
                source,
                // A record from before 1970 would be dropped unseen; its event carries its own
                // times.
                (record, streamTime) -> Math.max(0, record.timestamp()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                inputs.stream().map(Topic::name).toArray(String[]::new));
        topology.addProcessor(
                processor,
                new DeskProcessor.Supplier(
                        this,
                        events,
                        knowledge,
                        meters,
                        spans,
                        new DeadLetterCounts(meters, inputs)),
                source);
        for (Topic output : outputs) {
            topology.addSink(
                    sink(output),
                    output.name(),
                    new StringSerializer(),
                    events.serializer(),
                    processor);
        }
        topology.addSink(
                sink(Topics.DEAD_LETTERS),
                Topics.DEAD_LETTERS.name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                processor);
    }

    /** Where its tasks keep in which trace a contact began. */
    String tracesStore() {
        return inputs.getFirst().name() + "-traces";
    }

    /** Whether its records and deadlines are each about a contact, whose id is their key. */
    boolean isKeyedByContact() {
        return inputs.getFirst().key() == Topic.Key.CONTACT;
    }

    /** The node of the topology that writes to a topic. */
    String sink(Topic output) {
        return inputs.getFirst().name() + "-to-" + output.name();
    }
}
