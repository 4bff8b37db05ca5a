package guichet.benchmarks.desk;

import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Measures the customers' door as a process and holds it to the limits of issue 6. */
final class IntakeFigures {

    private static final String SCENARIOS = "guichet.benchmark.intake.scenarios";
    private static final Path DATA = Path.of("target", "intake");
    private static final Path FIGURES = Path.of("target", "intake-figures.json");

    private IntakeFigures() {}

    /** Prints the table; exits with 1 where a limit is missed or a scenario failed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String scenarios = System.getProperty(SCENARIOS, "abc");
        FileSystemUtils.deleteRecursively(DATA);
        Figures figures = new Figures();
        if (scenarios.contains("a")) {
            figures.attempt(() -> TicketRate.measure(DATA.resolve("rate"), figures));
        }
        if (scenarios.contains("b")) {
            figures.attempt(() -> TicketLatency.measure(DATA.resolve("latency"), figures));
        }
        if (scenarios.contains("c")) {
            figures.attempt(() -> ConcurrentUploads.measure(DATA.resolve("uploads"), figures));
        }
        figures.write(FIGURES, Machine.thisOne(), Map.of("scenarios", scenarios));
        FileSystemUtils.deleteRecursively(DATA.resolve("uploads/attachments"));
        System.exit(figures.areKept() ? 0 : 1);
    }
}
