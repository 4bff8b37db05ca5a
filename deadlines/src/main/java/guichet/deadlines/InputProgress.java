package guichet.deadlines;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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

    /**
     * What is to be passed next.
     *
     * @param askedAt what was recorded until then is known once the ends are passed
     */
    private record Fence(long askedAt, Map<TopicPartition, LogEnds.End> ends) {}

    private static final long NOTHING = Long.MIN_VALUE;

    private final Set<TopicPartition> inputs;
    private final Set<TopicPartition> inputsAndBroadcast;
    private final Broadcast broadcast;
    private final Supplier<@Nullable TrackedConsumer> reader;
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
     * @param reader of the thread that asks; null until it first polls
     */
    InputProgress(
            TaskId task,
            Set<TopicPartition> inputs,
            Broadcast broadcast,
            Supplier<@Nullable TrackedConsumer> reader,
            MeterRegistry meters) {
        this.inputs = inputs;
        this.inputsAndBroadcast = new HashSet<>(inputs);
        this.inputsAndBroadcast.addAll(broadcast.partitions());
        this.broadcast = broadcast;
        this.reader = reader;
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
        Optional<LogEnds.Answer> newest = tracked.ends().newest(now, inputsAndBroadcast);
        if (fence != null && isOutdated(fence, tracked.ends())) {
            // Too early, or never reached where a log was cut short by an unclean election.
            fence = null;
        }
        if (fence != null) {
            pass(fence, tracked);
        }
        if (fence == null) {
            newest.filter(answer -> answer.askedAt() > knownUntil.get())
                    .flatMap(answer -> fence(answer, tracked))
                    .ifPresent(next -> pass(next, tracked));
        }
    }

    private static boolean isOutdated(Fence fence, LogEnds ends) {
        return fence.ends().entrySet().stream()
                .anyMatch(end -> ends.isOutdated(end.getKey(), end.getValue()));
    }

    /**
     * No earlier than the ends that the consumer knows of itself; none while it knows none. It may
     * stand at the very end of which a leader tells that has been replaced.
     */
    private Optional<Fence> fence(LogEnds.Answer answer, TrackedConsumer tracked) {
        Map<TopicPartition, LogEnds.End> ends = new HashMap<>(answer.ends());
        for (TopicPartition input : inputs) {
            OptionalLong own = tracked.endOfCommitted(input);
            if (own.isEmpty()) {
                return Optional.empty();
            }
            ends.computeIfPresent(
                    input,
                    (none, end) ->
                            new LogEnds.End(
                                    Math.max(end.offset(), own.getAsLong()), end.leaderEpoch()));
        }
        return Optional.of(new Fence(answer.askedAt(), ends));
    }

    private void pass(Fence next, TrackedConsumer tracked) {
        boolean passed =
                next.ends().entrySet().stream()
                        .allMatch(end -> hasPassed(end.getKey(), end.getValue().offset(), tracked));
        if (passed) {
            knownUntil.set(next.askedAt());
        }
        fence = passed ? null : next;
    }

    private boolean hasPassed(TopicPartition input, long end, TrackedConsumer tracked) {
        if (!inputs.contains(input)) {
            return broadcast.position(input) >= end;
        }
        if (!tracked.hasFetched(input, end)) {
            return false;
        }
        long handedOver = tracked.lastPolled(input);
        long done = processed.getOrDefault(input, TrackedConsumer.NOTHING);
        return done >= handedOver || done >= end - 1;
    }
}
