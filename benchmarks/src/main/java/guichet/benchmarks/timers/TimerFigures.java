package guichet.benchmarks.timers;

import org.springframework.util.FileSystemUtils;

import java.nio.file.Path;

/** Measures the timers and holds them to the limits of issue 4. */
final class TimerFigures {

    private static final String COUNT = "guichet.benchmark.timers.count";
    private static final Path DATA = Path.of("target", "timers");
    private static final Path FIGURES = Path.of("target", "figures.json");

    private static final Limit TIMES_THE_PEER = new Limit.AtLeast(10);

    private TimerFigures() {}

    /** Prints the table; exits with 1 where a limit is missed. */
    public static void main(String[] args) throws Exception {
        int count = Integer.getInteger(COUNT, 1_000_000);
        int sustained;
        Figures figures = new Figures();
        FileSystemUtils.deleteRecursively(DATA);
        try (SubjectRun run = SubjectRun.start(DATA.resolve("deadlines"))) {
            FullSpeed fullSpeed = new FullSpeed(run, figures, count);
            fullSpeed.schedule();
            new Restarts(run, figures, count).measure();
            fullSpeed.answer();
            DueTogether dueTogether = new DueTogether(run, figures);
            dueTogether.measure(count);
            sustained = dueTogether.sustained();
        }
        try (MonitorRun run = MonitorRun.start(DATA.resolve("monitor"))) {
            Retiming retiming = new Retiming(run, figures, count);
            retiming.load();
            retiming.retime();
            new MonitorRate(run, figures).measure();
        }
        int sustainedByPeer = PeerFigures.measure(DATA.resolve("postgres"), figures, count);
        figures.hold(
                "deadlines a second here, of those there",
                (double) sustained / sustainedByPeer,
                "x",
                TIMES_THE_PEER);
        figures.print();
        figures.write(FIGURES, Machine.thisOne(), count);
        System.exit(figures.areKept() ? 0 : 1);
    }
}
