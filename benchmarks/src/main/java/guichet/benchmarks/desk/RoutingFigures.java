package guichet.benchmarks.desk;

import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Measures routing as whole processes and holds it to the limits of issue 5. */
final class RoutingFigures {

    private static final Path DATA = Path.of("target", "routing");
    private static final Path FIGURES = Path.of("target", "routing-figures.json");

    private RoutingFigures() {}

    /** Prints the table; exits with 1 where a limit is missed or a scenario failed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        FileSystemUtils.deleteRecursively(DATA);
        Figures figures = new Figures();
        figures.attempt(() -> QueueingRate.measure(DATA.resolve("queueing"), figures));
        figures.attempt(() -> RequestToOffer.measure(DATA.resolve("desk"), figures));
        figures.write(FIGURES, Machine.thisOne(), Map.of());
        System.exit(figures.areKept() ? 0 : 1);
    }
}
