package guichet.deadlines;

import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Knowledge from end offsets. When something is due the broker is asked, after the due instant,
 * where the task's partitions end; once the consumer stands there and every record it was handed
 * before has been processed, all that had been recorded when the broker was asked is known. A quiet
 * partition answers at once, and the consumer's position counts the transaction markers that no
 * record shows. ADR 0004 weighs the alternatives.
 */
final class InputProgress implements Knowledge {

    /** A tick waits no longer for an answer; it looks again at the next. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** A question is put anew after this: an unclean leader election may have cut a log short. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /**
     * A question to the broker.
     *
     * @param ends where each input ends, open transactions included: an answer may lie behind one
     */
    private record Fence(long askedAt, Future<Map<TopicPartition, Long>> ends) {}

    private final Set<TopicPartition> inputs;
    private final Supplier<@Nullable TrackedConsumer> reader;
    private final Function<Set<TopicPartition>, Future<Map<TopicPartition, Long>>> ends;
    private final Map<TopicPartition, Long> processed = new HashMap<>();
    private long knownUntil = Long.MIN_VALUE;
    private @Nullable Fence fence;

    /**
     * @param ends asks the broker for the ends of logs, uncommitted records included
     */
    InputProgress(
            Set<TopicPartition> inputs,
            Supplier<@Nullable TrackedConsumer> reader,
            Function<Set<TopicPartition>, Future<Map<TopicPartition, Long>>> ends) {
        this.inputs = inputs;
        this.reader = reader;
        this.ends = ends;
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
        Fence current = fence;
        if (current == null || now - current.askedAt() > STALE.toMillis()) {
            current = new Fence(now, ends.apply(inputs));
        }
        fence = current;
        if (hasPassed(current, tracked)) {
            knownUntil = current.askedAt();
            fence = null;
        }
        return knownUntil;
    }

    private boolean hasPassed(Fence asked, TrackedConsumer tracked) {
        try {
            Map<TopicPartition, Long> reached =
                    asked.ends().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return reached.entrySet().stream()
                    .allMatch(end -> hasPassed(end.getKey(), end.getValue(), tracked));
        } catch (java.util.concurrent.TimeoutException | TimeoutException notYet) {
            return false;
        } catch (ExecutionException | InvalidOffsetException askAgain) {
            fence = null;
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean hasPassed(TopicPartition input, long end, TrackedConsumer tracked) {
        if (tracked.consumer().position(input, PATIENCE) < end) {
            return false;
        }
        long handedOver = tracked.lastPolled(input);
        long done = processed.getOrDefault(input, TrackedConsumer.NOTHING);
        return done >= handedOver || done >= end - 1;
    }
}
