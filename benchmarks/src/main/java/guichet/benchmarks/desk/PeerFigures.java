package guichet.benchmarks.desk;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * (e) The same load on a scheduler that polls a database, at the rates that it can keep up with.
 */
final class PeerFigures {

    private static final int BATCH = 200;
    private static final double ANSWERED = 0.2;
    private static final int FIRST_TRIAL = 2_000;
    private static final Duration TRIAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** At the least; a load is scheduled before the first of it is due. */
    private static final int SCHEDULED_A_SECOND = 10_000;

    private static final Duration AHEAD = Duration.ofSeconds(3);

    private final DbScheduler peer;
    private final Figures figures;
    private int batch = BATCH;

    private PeerFigures(DbScheduler peer, Figures figures) {
        this.peer = peer;
        this.figures = figures;
    }

    /**
     * Measures it while others are open, as many as with us.
     *
     * @return the greatest rate found that keeps the limit, in deadlines a second
     */
    static int measure(Path folder, Figures figures, int open) throws Exception {
        figures.begin(
                ("(e) db-scheduler over PostgreSQL, %,d open: deadlines a second that are executed"
                                + " in time; each tried for 10 s")
                        .formatted(open));
        try (DbScheduler peer = DbScheduler.start(folder)) {
            peer.fill(open);
            return new RateSearch(figures)
                    .highest(FIRST_TRIAL, new PeerFigures(peer, figures)::trial);
        }
    }

    private Lateness trial(int rate) throws InterruptedException {
        int count = Math.toIntExact(rate * TRIAL.toSeconds());
        Load load =
                Load.answered(
                        batch++,
                        count,
                        System.currentTimeMillis()
                                + AHEAD.plusSeconds(count / SCHEDULED_A_SECOND).toMillis(),
                        TRIAL,
                        ANSWERED);
        Outcomes outcomes = new Outcomes(load);
        long began = System.nanoTime();
        peer.schedule(load);
        long took = System.nanoTime() - began;
        peer.answerInTime(load, outcomes);
        Wait.untilClockSays(load.lastDue());
        peer.awaitExecuted(load, PATIENCE);
        try {
            peer.read(load, outcomes);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        figures.tell(
                "scheduled in batches of 1,000 at full speed",
                count / (took / (double) TimeUnit.SECONDS.toNanos(1)),
                "a second");
        figures.tell("missed, doubled or false", outcomes.verdict().faults(), "");
        return outcomes.lateness();
    }
}
