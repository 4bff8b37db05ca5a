package guichet.deadlines;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The deadlines of one Kafka Streams task. A processor opens them in its {@code init}, schedules
 * and cancels in {@code process}, and is told of each deadline that is reached; all of it commits
 * in the task's transaction ({@code exactly_once_v2}).
 *
 * <p>A deadline is reached when its due instant has passed by the wall clock <em>and</em> the task
 * has read all that was recorded before ({@link Knowledge}): before its due instant or, where it
 * was scheduled later than that, before it was scheduled, for what follows an event that came late
 * lies behind it on the log. Work per tick is bounded; what is left over fires at the next one.
 * Where that instant is ahead of now, the clock was put back since: the deadline is stamped anew
 * and waits for what was recorded before now, not until the old time comes again.
 *
 * <p>A task goes by the first open deadline, the <em>cursor</em>: until then it looks at nothing,
 * and then not among the tombstones of all that ever fired. The <em>mark</em> keeps that place, as
 * far as it has passed, for the task's next owner. It lies in the store it is about, so both are
 * restored from one log, and it is lowered before the write that asks for it and raised after: no
 * deadline is ever earlier than the mark, wherever that log ends.
 */
public final class Deadlines implements AutoCloseable {

    /**
     * How often a task looks for what is due, and how much it does at once.
     *
     * @param tick time between two looks; bounds how late a deadline fires
     * @param batch deadlines fired at one look at most
     */
    public record Pace(Duration tick, int batch) {

        /** A look every 20 ms, 5000 deadlines at most: far below a transaction's time-out. */
        public static Pace standard() {
            return new Pace(Duration.ofMillis(20), 5000);
        }
    }

    private static final byte[] NOTHING = {};

    /** The mark follows in steps of this, so that a quiet task hardly writes. */
    private static final long MARK_STEP = Duration.ofMinutes(1).toMillis();

    /** Those that wait for what the task will know later are stepped over, within bounds. */
    static final int LOOKS_A_DEADLINE = 4;

    /** What the task knows is asked for at least this often, so that its lag can be told. */
    private static final long ASK_EVERY = Duration.ofSeconds(1).toMillis();

    private final ProcessingContext context;
    private final KeyValueStore<Bytes, byte[]> deadlines;
    private final Pace pace;
    private final Knowledge knowledge;
    private final MeterRegistry meters;
    private final Map<String, Timer> latenessByKind = new HashMap<>();
    private final Consumer<Deadline> reached;
    private final EarlyCommit commit;
    private final Cancellable ticking;

    private long mark;

    /** No deadline is earlier; never below the mark. */
    private long cursor;

    private boolean firing;

    /** Cancelled or moved by deadlines that are fired in the same tick. */
    private final Set<Bytes> takenBack = new HashSet<>();

    /** Fired in this tick, and still in the store: they leave it together, in one write. */
    private final Set<Bytes> fired = new LinkedHashSet<>();

    private long askAgainAt = Long.MIN_VALUE;

    /**
     * Opens the task's deadlines and begins to look for those that are due.
     *
     * @param context of the processor that owns the stores of that name
     * @param name as given to {@link #stores}
     * @param meters where {@link DeadlineMeters#LATENESS} is told
     * @param reached called in due order, on the task's thread; may schedule, cancel and forward
     */
    public Deadlines(
            ProcessingContext context,
            String name,
            Pace pace,
            Knowledge knowledge,
            MeterRegistry meters,
            Consumer<Deadline> reached) {
        this.context = context;
        this.deadlines = context.getStateStore(store(name));
        this.pace = pace;
        this.knowledge = knowledge;
        this.meters = meters;
        this.reached = reached;
        this.commit = new EarlyCommit(context);
        byte[] kept = deadlines.get(DeadlineKeys.MARK);
        this.mark = kept == null ? Long.MIN_VALUE : DeadlineKeys.instant(kept);
        this.cursor = mark;
        this.ticking = context.schedule(pace.tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
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

    /** The stores that the processor must be connected to. */
    public static Set<StoreBuilder<?>> stores(String name) {
        return Set.of(DeadlineStore.builder(new DeadlineStore.Supplier(store(name))));
    }

    /** The name of the store, within the topology. */
    static String store(String name) {
        return name + "-deadlines";
    }

    /** Sets the owner's deadline of that kind, in place of one set before. */
    public void schedule(String owner, String kind, Instant due) {
        long dueAt = due.toEpochMilli();
        Bytes key = DeadlineKeys.byOwner(owner, kind);
        Bytes before = open(key);
        if (before != null) {
            if (DeadlineKeys.due(before) == dueAt) {
                return;
            }
            takeBack(before);
        }
        cursor = Math.min(cursor, dueAt);
        if (dueAt < mark) {
            mark(dueAt);
        }
        long now = context.currentSystemTimeMs();
        deadlines.put(DeadlineKeys.byDue(dueAt, key), dueAt > now ? NOTHING : knowableAfter(now));
    }

    /** Whether the owner has a deadline of that kind which has not been reached yet. */
    public boolean isScheduled(String owner, String kind) {
        return open(DeadlineKeys.byOwner(owner, kind)) != null;
    }

    /** Takes the owner's deadline of that kind back; nothing happens where there is none. */
    public void cancel(String owner, String kind) {
        // Not delete: that writes to the changelog for what is not there as well.
        Bytes open = open(DeadlineKeys.byOwner(owner, kind));
        if (open != null) {
            takeBack(open);
        }
    }

    /** The key by due of the owner's deadline, if one is open; one that has fired is not. */
    private @Nullable Bytes open(Bytes keyByOwner) {
        byte[] due = deadlines.get(keyByOwner);
        if (due == null) {
            return null;
        }
        Bytes key = DeadlineKeys.byDue(DeadlineKeys.instant(due), keyByOwner);
        if (fired.remove(key)) {
            // Before the owner's next one is put: it must not go with this one.
            deadlines.put(key, null);
            return null;
        }
        return key;
    }

    private void takeBack(Bytes keyByDue) {
        deadlines.put(keyByDue, null);
        if (firing) {
            takenBack.add(keyByDue);
        }
    }

    private void tick(long now) {
        long began = meters.config().clock().monotonicTime();
        try {
            List<Bytes> ready = ready(now);
            if (!ready.isEmpty()) {
                firing = true;
                ready.forEach(key -> fire(key, now, began));
                commit.want();
            }
        } catch (RuntimeException failed) {
            // Should the task live on, it looks again for those that were not called.
            cursor = mark;
            throw failed;
        } finally {
            firing = false;
            takenBack.clear();
            deleteFired();
        }
        commit.askInTurn();
        long stood = Math.min(cursor, now);
        if (mark < stood - MARK_STEP) {
            mark(stood);
        }
    }

    /** The keys of what is to be fired, by due; the cursor goes to the first that is not. */
    private List<Bytes> ready(long now) {
        if (now < cursor) {
            if (now >= askAgainAt) {
                knownUntil(now);
            }
            return List.of();
        }
        List<Bytes> ready = List.of();
        List<Bytes> ahead = new ArrayList<>();
        // Without an upper end, so that the cursor steps over all tombstones at once, also those
        // of deadlines that were taken back ahead of their time.
        try (KeyValueIterator<Bytes, byte[]> entries =
                deadlines.range(DeadlineKeys.from(cursor), null)) {
            cursor = nextDue(entries);
            if (cursor <= now) {
                ready = known(entries, now, ahead);
            }
        }
        ahead.forEach(key -> deadlines.put(key, knowableAfter(now)));
        return ready;
    }

    /**
     * @param ahead takes the keys of those that were scheduled later than now
     */
    private List<Bytes> known(
            KeyValueIterator<Bytes, byte[]> entries, long now, List<Bytes> ahead) {
        long knownUntil = knownUntil(now);
        List<Bytes> ready = new ArrayList<>();
        long stays = Long.MAX_VALUE;
        int looks = 0;
        while (ready.size() < pace.batch()
                && looks < pace.batch() * LOOKS_A_DEADLINE
                && nextDue(entries) <= knownUntil) {
            looks++;
            KeyValue<Bytes, byte[]> entry = entries.next();
            long knowableAt = knowableAt(entry);
            // Who knows all of now knows enough.
            if (Math.min(knowableAt, now) <= knownUntil) {
                ready.add(entry.key);
                continue;
            }
            stays = Math.min(stays, DeadlineKeys.due(entry.key));
            if (knowableAt > now + 1) {
                ahead.add(entry.key);
            }
        }
        cursor = Math.min(stays, nextDue(entries));
        return ready;
    }

    private static long nextDue(KeyValueIterator<Bytes, byte[]> entries) {
        return entries.hasNext() ? DeadlineKeys.due(entries.peekNextKey()) : Long.MAX_VALUE;
    }

    /** What was recorded before this instant decides about the deadline. */
    private static long knowableAt(KeyValue<Bytes, byte[]> entry) {
        return entry.value.length == 0
                ? DeadlineKeys.due(entry.key)
                : DeadlineKeys.instant(entry.value);
    }

    private static byte[] knowableAfter(long now) {
        return DeadlineKeys.instant(now + 1);
    }

    private long knownUntil(long now) {
        askAgainAt = now + ASK_EVERY;
        return knowledge.until(now);
    }

    private void fire(Bytes key, long now, long began) {
        if (takenBack.contains(key)) {
            return;
        }
        fired.add(key);
        Deadline deadline = DeadlineKeys.deadline(key);
        long sinceTick = meters.config().clock().monotonicTime() - began;
        long late = TimeUnit.MILLISECONDS.toNanos(now - DeadlineKeys.due(key)) + sinceTick;
        latenessByKind
                .computeIfAbsent(deadline.kind(), kind -> DeadlineMeters.lateness(meters, kind))
                .record(late, TimeUnit.NANOSECONDS);
        reached.accept(deadline);
    }

    private void deleteFired() {
        if (fired.isEmpty()) {
            // A write of nothing is a call to RocksDB, at each look.
            return;
        }
        List<KeyValue<Bytes, byte[]>> deletions = new ArrayList<>(fired.size());
        fired.forEach(key -> deletions.add(KeyValue.pair(key, null)));
        fired.clear();
        deadlines.putAll(deletions);
    }

    private void mark(long due) {
        mark = due;
        deadlines.put(DeadlineKeys.MARK, DeadlineKeys.instant(due));
    }
}
