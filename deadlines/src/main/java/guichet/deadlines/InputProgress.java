package guichet.deadlines;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Knowledge from end offsets. When something is due the broker is asked, after the due instant,
 * where the task's partitions end; once the consumer stands there and every record it was handed
 * before has been processed, all that had been committed when the broker was asked is known. A
 * quiet partition answers at once, and the consumer's position counts the transaction markers that
 * no record shows. ADR 0004 weighs the alternatives.
 */
final class InputProgress implements Knowledge {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Where the inputs ended when the broker was asked. */
    private record Fence(long askedAt, Map<TopicPartition, Long> ends) {}

    private final Set<TopicPartition> inputs;
    private final Supplier<@Nullable TrackedConsumer> reader;
    private final Map<TopicPartition, Long> processed = new HashMap<>();
    private long knownUntil = Long.MIN_VALUE;
    private @Nullable Fence fence;

    InputProgress(Set<TopicPartition> inputs, Supplier<@Nullable TrackedConsumer> reader) {
        this.inputs = inputs;
        this.reader = reader;
    }

    @Override
    public void read(RecordMetadata record) {
        processed.put(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    @Override
    public long until(long now) {
        TrackedConsumer tracked = reader.get();
        if (now <= knownUntil || tracked == null) {
            return knownUntil;
        }
        try {
            Fence asked = fence != null ? fence : ask(tracked.consumer(), now);
            fence = asked;
            if (inputs.stream().allMatch(input -> hasPassed(input, asked, tracked))) {
                knownUntil = asked.askedAt();
                fence = null;
            }
        } catch (TimeoutException brokerIsAway) {
            return knownUntil;
        }
        return knownUntil;
    }

    private Fence ask(Consumer<?, ?> consumer, long now) {
        return new Fence(now, consumer.endOffsets(inputs, PATIENCE));
    }

    private boolean hasPassed(TopicPartition input, Fence asked, TrackedConsumer tracked) {
        long end = asked.ends().getOrDefault(input, 0L);
        if (tracked.consumer().position(input, PATIENCE) < end) {
            return false;
        }
        long handedOver = tracked.lastPolled(input);
        long done = processed.getOrDefault(input, TrackedConsumer.NOTHING);
        return done >= handedOver || done >= end - 1;
    }
}
