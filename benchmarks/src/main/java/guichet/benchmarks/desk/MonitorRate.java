package guichet.benchmarks.desk;

import guichet.events.Plan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How many chats a second may fall due at the SLA monitor: each is warned of, and breached. */
final class MonitorRate {

    private static final int BATCH = 400;
    private static final int FIRST_TRIAL = 500;
    private static final Duration TRIAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration CALM = Duration.ofSeconds(1);

    /** At the least; a load is started before the first warning of it falls due. */
    private static final int STARTED_A_SECOND = 2_000;

    private static final Duration AHEAD = Duration.ofSeconds(10);

    private final MonitorRun run;
    private final Figures figures;
    private int batch = BATCH;

    MonitorRate(MonitorRun run, Figures figures) {
        this.run = run;
        this.figures = figures;
    }

    void measure() throws InterruptedException {
        figures.begin(
                "(a) chats a second whose warning and breach are seen in time; each tried for 10 s");
        new RateSearch(figures).highest(FIRST_TRIAL, this::trial);
    }

    private @Nullable Lateness trial(int rate) throws InterruptedException {
        int count = Math.toIntExact(rate * TRIAL.toSeconds());
        Load load =
                Load.unanswered(
                        batch++,
                        count,
                        System.currentTimeMillis()
                                + AHEAD.plusSeconds(count / STARTED_A_SECOND).toMillis(),
                        TRIAL);
        Warnings warnings = new Warnings(load, Chats.WARNING);
        try (Output output = run.read(warnings::read)) {
            run.chats().start(load, Plan.ENTERPRISE, Chats.URGENT);
            run.awaitRead();
            if (System.currentTimeMillis() > load.firstDue() - Chats.WARNING.toMillis()) {
                return null;
            }
            Wait.untilClockSays(load.lastDue());
            Wait.until("all have fallen due", PATIENCE, () -> warnings.awaited() == 0);
            TimeUnit.MILLISECONDS.sleep(CALM.toMillis());
        }
        if (warnings.faults() > 0) {
            throw new IllegalStateException(warnings.faults() + " were missed, doubled or false");
        }
        return warnings.lateness();
    }
}
