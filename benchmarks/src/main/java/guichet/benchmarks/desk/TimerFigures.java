package guichet.benchmarks.desk;

import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Measures the timers and holds them to the limits of issue 4. */
final class TimerFigures {

    private static final String COUNT = "guichet.benchmark.timers.count";

    /** Letters of the scenarios. */
    private static final String SCENARIOS = "guichet.benchmark.timers.scenarios";

    private static final Path DATA = Path.of("target", "timers");
    private static final Path FIGURES = Path.of("target", "figures.json");

    private static final Limit TIMES_THE_PEER = new Limit.AtLeast(10);

    private final int count = Integer.getInteger(COUNT, 1_000_000);
    private final String scenarios = System.getProperty(SCENARIOS, "abcde");
    private final Figures figures = new Figures();
    private int sustained;
    private int sustainedByPeer;

    private TimerFigures() {}

    /** Prints the table; exits with 1 where a limit is missed or a scenario failed. */
    public static void main(String[] args) throws Exception {
        new TimerFigures().measure();
    }

    private void measure() throws IOException, InterruptedException {
        FileSystemUtils.deleteRecursively(DATA);
        if (wanted("abc")) {
            figures.attempt(this::deadlines);
        }
        if (wanted("d")) {
            figures.attempt(this::monitor);
        }
        if (wanted("e")) {
            figures.attempt(this::peer);
        }
        if (wanted("a") && wanted("e")) {
            figures.attempt(this::compare);
        }
        figures.write(FIGURES, Machine.thisOne(), Map.of("count", count));
        System.exit(figures.areKept() ? 0 : 1);
    }

    private boolean wanted(String letters) {
        return letters.chars().anyMatch(letter -> scenarios.indexOf(letter) >= 0);
    }

    private void deadlines() throws Exception {
        try (SubjectRun run = SubjectRun.start(DATA.resolve("deadlines"))) {
            if (wanted("bc")) {
                FullSpeed fullSpeed = new FullSpeed(run, figures, count);
                fullSpeed.schedule();
                if (wanted("c")) {
                    figures.attempt(new Restarts(run, figures, count)::measure);
                }
                fullSpeed.answer();
            }
            if (wanted("a")) {
                DueTogether dueTogether = new DueTogether(run, figures);
                figures.attempt(() -> dueTogether.measure(count));
                figures.attempt(() -> sustained = dueTogether.sustained());
            }
        }
    }

    private void monitor() throws Exception {
        try (MonitorRun run = MonitorRun.start(DATA.resolve("monitor"))) {
            Retiming retiming = new Retiming(run, figures, count);
            retiming.load();
            figures.attempt(retiming::retime);
            figures.attempt(new MonitorRate(run, figures)::measure);
        }
    }

    private void peer() throws Exception {
        sustainedByPeer = PeerFigures.measure(DATA.resolve("postgres"), figures, count);
    }

    private void compare() {
        figures.begin("(a) beside (e)");
        if (sustainedByPeer == 0) {
            throw new IllegalStateException("db-scheduler kept none of the rates tried");
        }
        figures.hold(
                "deadlines a second here, of those there",
                (double) sustained / sustainedByPeer,
                "x",
                TIMES_THE_PEER);
    }
}
