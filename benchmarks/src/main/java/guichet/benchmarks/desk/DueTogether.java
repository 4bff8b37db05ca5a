package guichet.benchmarks.desk;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * (a) Deadlines that all fall due within a minute, a fifth of them answered in the last second
 * before; and how many a second could be due.
 */
final class DueTogether {

    private static final int BATCH = 100;
    private static final double ANSWERED = 0.2;
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final Duration TRIAL = Duration.ofSeconds(10);
    private static final int FIRST_TRIAL = 25_000;

    /** A process that has just been started and never fired is late for some seconds. */
    private static final int WARM_UP = 5_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration CALM = Duration.ofSeconds(2);

    /** At the least; a load is scheduled before the first of it is due. */
    private static final int SCHEDULED_A_SECOND = 20_000;

    private static final Duration AHEAD = Duration.ofSeconds(10);

    /** Before the first is due. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(1);

    private final SubjectRun run;
    private final Figures figures;
    private int batch = BATCH;

    DueTogether(SubjectRun run, Figures figures) {
        this.run = run;
        this.figures = figures;
    }

    void measure(int count) throws InterruptedException {
        figures.begin(
                "(a) %,d open deadlines, all due within %d s, 20 %% answered in the last second"
                        .formatted(count, SPAN.toSeconds()));
        run.subject().stop();
        run.startAnew();
        run.awaitRunning();
        trial(WARM_UP);
        Load load = scheduled(count, SPAN);
        Outcomes outcomes = run.watch(load);
        Wait.untilClockSays(load.firstDue() - FIRST_ANSWER.toMillis());
        Usage usage = run.usage();
        outcomes(load, outcomes);
        usage.tell(figures);
        figures.hold(outcomes.verdict());
        figures.hold("seen by a reader after due", outcomes.lateness(), RateSearch.LATEST_P99);
        run.subject().stop();
        figures.tell(
                "fired after due by the subject's own histogram, warming up included, p99",
                run.subject()
                        .line(Subject.FIRED_P99)
                        .map(line -> Double.parseDouble(line.substring(Subject.FIRED_P99.length())))
                        .orElseThrow(),
                "ms");
        run.startAnew();
        run.awaitRunning();
    }

    /** The greatest rate found that keeps the limit, in deadlines a second. */
    int sustained() throws InterruptedException {
        figures.begin("(a) deadlines a second that are seen in time; each tried for 10 s");
        return new RateSearch(figures).highest(FIRST_TRIAL, this::trial);
    }

    private Lateness trial(int rate) throws InterruptedException {
        Load load = scheduled(Math.toIntExact(rate * TRIAL.toSeconds()), TRIAL);
        Outcomes outcomes = run.watch(load);
        outcomes(load, outcomes);
        if (outcomes.verdict().faults() > 0) {
            throw new IllegalStateException("not right: " + outcomes.verdict());
        }
        return outcomes.lateness();
    }

    private Load scheduled(int count, Duration span) throws InterruptedException {
        Duration ahead = AHEAD.plusSeconds(count / SCHEDULED_A_SECOND);
        Load load =
                Load.answered(
                        batch++,
                        count,
                        System.currentTimeMillis() + ahead.toMillis(),
                        span,
                        ANSWERED);
        run.schedule(load);
        run.awaitRead();
        if (System.currentTimeMillis() > load.firstDue() - FIRST_ANSWER.toMillis()) {
            throw new IllegalStateException("not all was scheduled when the first was answered");
        }
        return load;
    }

    /** Answers in time, and waits until all that must fire has, and a little for what must not. */
    private void outcomes(Load load, Outcomes outcomes) throws InterruptedException {
        run.answerInTime(load, outcomes);
        Wait.untilClockSays(load.lastDue());
        Wait.until("all have fired", PATIENCE, () -> outcomes.awaited() == 0);
        TimeUnit.MILLISECONDS.sleep(CALM.toMillis());
    }
}
