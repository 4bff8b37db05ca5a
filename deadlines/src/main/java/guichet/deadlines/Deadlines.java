package guichet.deadlines;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The deadlines of one Kafka Streams task. A processor opens them in its {@code init}, schedules
 * and cancels in {@code process}, and is told of each deadline that is reached; all of it commits
 * in the task's transaction.
 *
 * <p>A deadline is reached when its due instant has passed by the wall clock <em>and</em> the task
 * has read all that was recorded before ({@link Knowledge}). Work per tick is bounded; what is left
 * over fires at the next one.
 */
public final class Deadlines implements AutoCloseable {

    /**
     * How often a task looks for what is due, and how much it does at once.
     *
     * @param tick time between two looks; bounds how late a deadline fires
     * @param batch deadlines fired at one look at most
     */
    public record Pace(Duration tick, int batch) {

        /** A look every 100 ms, 5000 deadlines at most: far below a transaction's time-out. */
        public static Pace standard() {
            return new Pace(Duration.ofMillis(100), 5000);
        }
    }

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> byDue;
    private final KeyValueStore<Bytes, byte[]> byOwner;
    private final Knowledge knowledge;
    private final Pace pace;
    private final Consumer<Deadline> reached;
    private final Cancellable ticking;

    /** No deadline is earlier; scanning from here skips the tombstones of those that fired. */
    private long cursor = Long.MIN_VALUE;

    /**
     * Opens the task's deadlines and begins to look for those that are due.
     *
     * @param context of the processor that owns the stores of that name
     * @param name as given to {@link #stores}
     * @param reached called in due order, on the task's thread; may schedule, cancel and forward
     */
    public Deadlines(
            ProcessingContext context,
            String name,
            Pace pace,
            Knowledge knowledge,
            Consumer<Deadline> reached) {
        this.byDue = context.getStateStore(dueStore(name));
        this.byOwner = context.getStateStore(ownerStore(name));
        this.pace = pace;
        this.knowledge = knowledge;
        this.reached = reached;
        this.ticking = context.schedule(pace.tick(), PunctuationType.WALL_CLOCK_TIME, this::fire);
    }

    /**
     * Looks no more. A processor's {@code close} must call it: Kafka Streams revives a task after a
     * failed commit without forgetting its punctuators, and an old one would fire on reads that
     * were rolled back.
     */
    @Override
    public void close() {
        ticking.cancel();
    }

    /**
     * The stores that the processor must be connected to. Not cached: deleting while iterating
     * through a cache shows stale entries (KAFKA-15302).
     */
    public static Set<StoreBuilder<?>> stores(String name) {
        return Set.of(store(dueStore(name)), store(ownerStore(name)));
    }

    /** Sets the owner's deadline of that kind, in place of one set before. */
    public void schedule(String owner, String kind, Instant due) {
        cancel(owner, kind);
        Deadline deadline = new Deadline(owner, kind, Instant.ofEpochMilli(due.toEpochMilli()));
        byDue.put(DeadlineKeys.byDue(deadline), NOTHING);
        byOwner.put(DeadlineKeys.byOwner(owner, kind), DeadlineKeys.due(due));
        cursor = Math.min(cursor, due.toEpochMilli());
    }

    /** Takes the owner's deadline of that kind back; nothing happens where there is none. */
    public void cancel(String owner, String kind) {
        byte[] due = byOwner.delete(DeadlineKeys.byOwner(owner, kind));
        if (due != null) {
            byDue.delete(DeadlineKeys.byDue(new Deadline(owner, kind, DeadlineKeys.due(due))));
        }
    }

    private void fire(long now) {
        List<Deadline> passed = passed(now);
        if (passed.isEmpty()) {
            return;
        }
        long knownUntil = knowledge.until(now);
        List<Deadline> due =
                passed.stream()
                        .takeWhile(deadline -> deadline.due().toEpochMilli() <= knownUntil)
                        .toList();
        if (due.isEmpty()) {
            return;
        }
        // Before the calls: they may schedule something earlier still, which lowers it again.
        cursor = due.getLast().due().toEpochMilli();
        due.stream().filter(this::take).forEach(reached);
    }

    private List<Deadline> passed(long now) {
        List<Deadline> passed = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries =
                byDue.range(DeadlineKeys.from(cursor), DeadlineKeys.from(now + 1))) {
            while (entries.hasNext() && passed.size() < pace.batch()) {
                passed.add(DeadlineKeys.deadline(entries.next().key));
            }
        }
        return passed;
    }

    /** False when a deadline fired just before has cancelled this one. */
    private boolean take(Deadline deadline) {
        if (byDue.delete(DeadlineKeys.byDue(deadline)) == null) {
            return false;
        }
        byOwner.delete(DeadlineKeys.byOwner(deadline.owner(), deadline.kind()));
        return true;
    }

    private static StoreBuilder<?> store(String name) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    private static String dueStore(String name) {
        return name + "-by-due";
    }

    private static String ownerStore(String name) {
        return name + "-by-owner";
    }
}
