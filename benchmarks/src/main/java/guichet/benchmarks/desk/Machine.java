package guichet.benchmarks.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/** Where and when figures were measured. */
record Machine(String processor, int cores, String memory, String jdk, String date, String commit) {

    static Machine thisOne() {
        return new Machine(
                valueIn(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                valueIn(Path.of("/proc/meminfo"), "MemTotal"),
                System.getProperty("java.vendor.version") + ", " + Runtime.version(),
                LocalDate.now().toString(),
                head());
    }

    /** Of files that say {@code name: value} in their lines. */
    static String valueIn(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String head() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
