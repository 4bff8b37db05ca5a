package guichet.benchmarks.desk;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** (c) A restart while many deadlines are open and some fall due. */
final class Restarts {

    private enum Ending {
        STOPPED("stopped properly"),
        KILLED("killed -9, state kept"),
        WIPED("killed -9, state lost");

        private final String inWords;

        Ending(String inWords) {
            this.inWords = inWords;
        }
    }

    private static final Limit SECONDS = new Limit.AtMost(15);
    private static final int BATCH = 10;
    private static final int DUE_A_SECOND = 20;
    private static final Duration DUE_FOR = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SubjectRun run;
    private final Figures figures;
    private final int open;

    /**
     * @param open so many others are open
     */
    Restarts(SubjectRun run, Figures figures, int open) {
        this.run = run;
        this.figures = figures;
        this.open = open;
    }

    void measure() throws InterruptedException {
        for (Ending ending : Ending.values()) {
            figures.begin("(c) restart with %,d open: %s".formatted(open, ending.inWords));
            measure(ending);
        }
    }

    private void measure(Ending ending) throws InterruptedException {
        Load load =
                Load.unanswered(
                        BATCH + ending.ordinal(),
                        (int) (DUE_A_SECOND * DUE_FOR.toSeconds()),
                        System.currentTimeMillis() + 2_000,
                        DUE_FOR);
        Outcomes outcomes = run.watch(load);
        run.schedule(load);
        Wait.until("some have fired", PATIENCE, () -> outcomes.verdict().fired() > DUE_A_SECOND);

        end(ending);
        // What it committed last is seen before the next one starts.
        TimeUnit.MILLISECONDS.sleep(500);
        int firedBefore = outcomes.verdict().fired();
        AtomicLong firstFired = new AtomicLong();
        ChildJvm subject = run.startAnew();
        Wait.until(
                "the first has fired",
                PATIENCE,
                () -> {
                    boolean fired = outcomes.verdict().fired() > firedBefore;
                    return fired && firstFired.compareAndSet(0, System.currentTimeMillis());
                });

        tell(subject, firstFired.get());
        Wait.until("all have fired", PATIENCE, () -> outcomes.awaited() == 0);
        figures.hold(outcomes.verdict());
    }

    private void end(Ending ending) {
        switch (ending) {
            case STOPPED -> run.subject().stop();
            case KILLED -> run.subject().kill();
            case WIPED -> {
                run.subject().kill();
                run.wipeState();
            }
        }
    }

    private void tell(ChildJvm subject, long firstFired) throws InterruptedException {
        long started = subject.startedAt();
        figures.hold(
                "from the start of the process to the first firing seen",
                (firstFired - started) / 1e3,
                "s",
                SECONDS);
        run.awaitRunning();
        long joining = at(subject, "REBALANCING");
        long running = at(subject, "RUNNING");
        long restoring =
                subject.line(Subject.STATE + Subject.RESTORING).isPresent()
                        ? at(subject, Subject.RESTORING)
                        : running;
        figures.tell("  until the JVM is up", (joining - started) / 1e3, "s");
        figures.tell("  until it has its partitions", (restoring - joining) / 1e3, "s");
        figures.tell("  until their state is restored", (running - restoring) / 1e3, "s");
    }

    private static long at(ChildJvm subject, String state) throws InterruptedException {
        String line = subject.awaitLine(Subject.STATE + state);
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }
}
