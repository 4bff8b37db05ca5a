package guichet.deadlines;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Knowledge from end offsets. When something is due the broker is asked, after the due instant,
 * where the task's partitions end; once the consumer stands there and every record it was handed
 * before has been processed, all that had been recorded when the broker was asked is known. A quiet
 * partition answers at once, and the consumer's position counts the transaction markers that no
 * record shows. A {@link Broadcast} is asked for its position instead. ADR 0004 weighs the
 * alternatives.
 */
final class InputProgress implements Knowledge {

    /** A tick waits no longer for an answer; it looks again at the next. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** A question is repeated after this: an unclean leader election may have cut a log short. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /**
     * A question to the broker.
     *
     * @param askedAt what was recorded until then is known once the ends are reached
     * @param repeatedAt when it was last put; as {@code askedAt} the first time
     * @param earlier the least ends that earlier answers gave
     * @param ends where each input ends, open transactions included: an answer may lie behind one
     */
    private record Fence(
            long askedAt,
            long repeatedAt,
            Map<TopicPartition, Long> earlier,
            Future<Map<TopicPartition, Long>> ends) {

        /** A log that grows ends no earlier than before; one that was cut short does. */
        Map<TopicPartition, Long> least(Map<TopicPartition, Long> answered) {
            Map<TopicPartition, Long> least = new HashMap<>(answered);
            earlier.forEach((partition, end) -> least.merge(partition, end, Math::min));
            return least;
        }
    }

    private static final long NOTHING = Long.MIN_VALUE;

    private final Set<TopicPartition> inputs;
    private final Broadcast broadcast;
    private final Supplier<@Nullable TrackedConsumer> reader;
    private final Function<Set<TopicPartition>, Future<Map<TopicPartition, Long>>> ends;
    private final Map<TopicPartition, Long> processed = new HashMap<>();
    private final MeterRegistry meters;
    private final Gauge lag;

    /** Read by whoever reads the meters, on threads of their own. */
    private final AtomicLong knownUntil = new AtomicLong(NOTHING);

    private long latest = Long.MIN_VALUE;
    private @Nullable Fence fence;

    /**
     * @param task whose knowledge it is
     * @param inputs what the task reads
     * @param ends asks the broker for the ends of logs, uncommitted records included
     */
    InputProgress(
            TaskId task,
            Set<TopicPartition> inputs,
            Broadcast broadcast,
            Supplier<@Nullable TrackedConsumer> reader,
            Function<Set<TopicPartition>, Future<Map<TopicPartition, Long>>> ends,
            MeterRegistry meters) {
        this.inputs = inputs;
        this.broadcast = broadcast;
        this.reader = reader;
        this.ends = ends;
        this.meters = meters;
        this.lag = DeadlineMeters.knowledgeLag(meters, task, knownUntil);
    }

    @Override
    public void read(RecordMetadata record) {
        processed.put(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    @Override
    public long until(long now) {
        if (now < latest) {
            // The clock was put back: what is recorded from now on bears times already known.
            knownUntil.set(NOTHING);
            fence = null;
        }
        latest = now;
        TrackedConsumer tracked = reader.get();
        if (tracked != null && knownUntil.get() < now) {
            look(now, tracked);
        }
        return knownUntil.get();
    }

    @Override
    public void close() {
        meters.remove(lag);
    }

    private void look(long now, TrackedConsumer tracked) {
        Fence current = fence;
        if (current == null) {
            current = new Fence(now, now, Map.of(), ends.apply(allInputs()));
        } else if (now - current.repeatedAt() > STALE.toMillis()) {
            current = repeated(current, now);
        }
        fence = current;
        if (hasPassed(current, tracked)) {
            knownUntil.set(current.askedAt());
            fence = null;
        }
    }

    private Fence repeated(Fence asked, long now) {
        Map<TopicPartition, Long> earlier =
                asked.ends().state() == Future.State.SUCCESS
                        ? asked.least(asked.ends().resultNow())
                        : asked.earlier();
        return new Fence(asked.askedAt(), now, earlier, ends.apply(allInputs()));
    }

    private Set<TopicPartition> allInputs() {
        Set<TopicPartition> all = new HashSet<>(inputs);
        all.addAll(broadcast.partitions());
        return all;
    }

    private boolean hasPassed(Fence asked, TrackedConsumer tracked) {
        try {
            Map<TopicPartition, Long> reached =
                    asked.ends().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return asked.least(reached).entrySet().stream()
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
        if (!inputs.contains(input)) {
            return broadcast.position(input) >= end;
        }
        if (tracked.consumer().position(input, PATIENCE) < end) {
            return false;
        }
        long handedOver = tracked.lastPolled(input);
        long done = processed.getOrDefault(input, TrackedConsumer.NOTHING);
        return done >= handedOver || done >= end - 1;
    }
}
