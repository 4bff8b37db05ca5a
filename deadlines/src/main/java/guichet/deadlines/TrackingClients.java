package guichet.deadlines;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.processor.TaskId;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The clients of one {@code KafkaStreams}, with consumers that remember what they handed over, so
 * that each task can tell what it knows.
 */
public final class TrackingClients implements KafkaClientSupplier, Knowledge.Source {

    private final Broadcast broadcast;
    private final MeterRegistry meters;
    private volatile @Nullable Admin admin;

    /** Each stream thread has one consumer; the thread that polls it is the one that asks. */
    private final ThreadLocal<@Nullable TrackedConsumer> ofThisThread = new ThreadLocal<>();

    /**
     * @param broadcast what the tasks go by beside what they read
     * @param meters where {@link DeadlineMeters#KNOWLEDGE_LAG} is told
     */
    public TrackingClients(Broadcast broadcast, MeterRegistry meters) {
        this.broadcast = broadcast;
        this.meters = meters;
    }

    @Override
    public Knowledge of(TaskId task, Collection<String> topics) {
        Set<TopicPartition> inputs =
                topics.stream()
                        .map(topic -> new TopicPartition(topic, task.partition()))
                        .collect(Collectors.toUnmodifiableSet());
        TrackedConsumer tracked = ofThisThread.get();
        if (tracked != null) {
            tracked.forget(inputs);
        }
        return new InputProgress(task, inputs, broadcast, ofThisThread::get, meters);
    }

    private Map<TopicPartition, Future<LogEnds.End>> ends(Set<TopicPartition> partitions) {
        Admin asked = Objects.requireNonNull(admin, "Kafka Streams makes its admin client first");
        ListOffsetsResult answers =
                asked.listOffsets(
                        partitions.stream()
                                .collect(
                                        Collectors.toMap(
                                                Function.identity(), none -> OffsetSpec.latest())),
                        new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED));
        return partitions.stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                partition ->
                                        answers.partitionResult(partition)
                                                .toCompletionStage()
                                                .thenApply(TrackingClients::end)
                                                .toCompletableFuture()));
    }

    private static LogEnds.End end(ListOffsetsResultInfo answer) {
        return new LogEnds.End(answer.offset(), answer.leaderEpoch().orElseThrow());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {

            private final TrackedConsumer tracked =
                    new TrackedConsumer(this, broadcast, TrackingClients.this::ends);

            @Override
            public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                ofThisThread.set(tracked);
                ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
                tracked.polled(records);
                return records;
            }
        };
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        Admin created = Admin.create(config);
        admin = created;
        return created;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return plainConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return plainConsumer(config);
    }

    private static Consumer<byte[], byte[]> plainConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
