package guichet.benchmarks.desk;

import guichet.events.Plan;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;

import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** (d) A closure is announced that moves the due of all open chats, while others fall due. */
final class Retiming {

    private static final int OPEN_BATCH = 300;
    private static final int URGENT_BATCH = 301;

    private static final Duration FROM_NOW = Duration.ofHours(1);
    private static final Duration CLOSED_FOR = Duration.ofHours(1);

    private static final Duration STARTED_WITHIN = Duration.ofMinutes(1);

    private static final int URGENT_A_SECOND = 50;
    private static final Duration URGENT_FOR = Duration.ofMinutes(2);
    private static final Duration AHEAD = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration CALM = Duration.ofSeconds(2);

    private final MonitorRun run;
    private final Figures figures;
    private final Load open;
    private final AtomicInteger awaited;

    /** By the reading thread: how often each was re-timed, and what was said wrongly of any. */
    private final byte[] moved;

    private int wrong;

    /**
     * @param count chats that are open
     */
    Retiming(MonitorRun run, Figures figures, int count) {
        this.run = run;
        this.figures = figures;
        this.open =
                Load.unanswered(
                        OPEN_BATCH,
                        count,
                        System.currentTimeMillis() + Chats.PATIENT.minus(STARTED_WITHIN).toMillis(),
                        STARTED_WITHIN);
        this.moved = new byte[count];
        this.awaited = new AtomicInteger(count);
    }

    void load() throws InterruptedException {
        figures.begin(
                "(d) the SLA monitor with %,d chats, started at full speed"
                        .formatted(open.count()));
        long heapBefore = run.monitor().liveHeapBytes();
        Usage usage = run.usage();
        long began = System.nanoTime();
        run.chats().start(open, Plan.BASIC, Chats.PATIENT);
        run.awaitRead();
        figures.tell(
                "read, decided and committed",
                open.count() / seconds(System.nanoTime() - began),
                "a second");
        usage.tell(figures);
        figures.tell(
                "heap for each open chat",
                (double) (run.monitor().liveHeapBytes() - heapBefore) / open.count(),
                "bytes");
        figures.tell(
                "state on disk for each open chat",
                (double) run.stateBytes() / open.count(),
                "bytes");
        tellMemory();
    }

    private void tellMemory() {
        figures.hold(
                "the most resident memory, of a container",
                (double) run.monitor().mostResidentBytes() / MonitorRun.CONTAINER_BYTES,
                "",
                new Limit.AtMost(1));
    }

    void retime() throws InterruptedException {
        figures.begin("(d) %,d open chats re-timed on a closure".formatted(open.count()));
        Load urgent =
                Load.unanswered(
                        URGENT_BATCH,
                        (int) (URGENT_A_SECOND * URGENT_FOR.toSeconds()),
                        System.currentTimeMillis() + AHEAD.toMillis(),
                        URGENT_FOR);
        Warnings warnings = new Warnings(urgent, Chats.WARNING);
        try (Output output =
                run.read(
                        (said, seenAt) -> {
                            warnings.read(said, seenAt);
                            read(said);
                        })) {
            run.chats().start(urgent, Plan.ENTERPRISE, Chats.URGENT);
            run.awaitRead();
            Wait.untilClockSays(urgent.firstDue());
            Usage usage = run.usage();
            long began = System.nanoTime();
            Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
            // The calendar knows whole seconds.
            Instant closedFrom = now.truncatedTo(ChronoUnit.SECONDS).plus(FROM_NOW);
            run.chats().announce(now, closedFrom, closedFrom.plus(CLOSED_FOR));
            Wait.until("all are re-timed", PATIENCE, () -> awaited.get() == 0);
            long took = System.nanoTime() - began;
            usage.tell(figures);
            figures.tell("warnings and breaches meanwhile, seen after due", warnings.lateness());
            figures.tell(
                    "from the announcement to the last ResponseDueChanged seen",
                    seconds(took),
                    "s");
            Wait.untilClockSays(urgent.lastDue());
            Wait.until("all urgent ones have fallen due", PATIENCE, () -> warnings.awaited() == 0);
            TimeUnit.MILLISECONDS.sleep(CALM.toMillis());
        }
        tellMemory();
        Limit none = new Limit.AtMost(0);
        figures.hold("not re-timed, twice, wrongly, or breached", faults(), "", none);
        figures.hold("urgent ones missed, doubled or false", warnings.faults(), "", none);
    }

    private void read(SpecificRecord said) {
        switch (said) {
            case ResponseDueChanged change when isOpen(change.getContactId()) -> retimed(change);
            case ResponseBreached breach when isOpen(breach.getContactId()) -> wrong++;
            default -> {}
        }
    }

    private boolean isOpen(String contactId) {
        return open.has(contactId);
    }

    private void retimed(ResponseDueChanged change) {
        int number = Owners.number(change.getContactId());
        Instant before = Instant.ofEpochMilli(open.due(number));
        if (!before.equals(change.getPreviousDue())
                || !before.plus(CLOSED_FOR).equals(change.getDue())) {
            wrong++;
        }
        if (moved[number]++ == 0) {
            awaited.decrementAndGet();
        }
    }

    private int faults() {
        int faults = wrong;
        for (byte times : moved) {
            faults += times == 1 ? 0 : 1;
        }
        return faults;
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
