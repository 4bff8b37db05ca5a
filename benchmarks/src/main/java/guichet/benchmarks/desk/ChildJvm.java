package guichet.benchmarks.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A main class in a JVM of its own, on this one's class path. It does not outlive this one. */
final class ChildJvm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"), "bin");

    /** Those that were started and have not been told to end. */
    private static final Set<ChildJvm> RUNNING = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final Path log;
    private final long startedAt;
    private final Thread endWithParent;

    private ChildJvm(Process process, Path log, long startedAt) {
        this.process = process;
        this.log = log;
        this.startedAt = startedAt;
        this.endWithParent = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endWithParent);
        RUNNING.add(this);
    }

    /**
     * @throws IllegalStateException if one has ended by itself
     */
    static void requireAllAlive() {
        RUNNING.stream()
                .filter(child -> !child.process.isAlive())
                .findAny()
                .ifPresent(
                        ended -> {
                            throw new IllegalStateException("it ended; " + ended.log + " says why");
                        });
    }

    /**
     * Starts a JVM and does not wait for it.
     *
     * @param log where it writes what it has to say; begun anew
     */
    static ChildJvm start(Path log, Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(JAVA_HOME.resolve("java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            long startedAt = System.currentTimeMillis();
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            return new ChildJvm(process, log, startedAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Milliseconds since 1970 UTC, before the process was there. */
    long startedAt() {
        return startedAt;
    }

    /** Waits until it has said a line that begins so. */
    String awaitLine(String beginning) throws InterruptedException {
        Wait.until("'" + beginning + "' in " + log, PATIENCE, () -> line(beginning).isPresent());
        return line(beginning).orElseThrow();
    }

    /** The first line it has said that begins so. */
    Optional<String> line(String beginning) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(beginning)).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time used so far. */
    Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Memory that the system has given it, in bytes. */
    long residentBytes() {
        return memory("VmRSS");
    }

    /** The most of it that it has had, in bytes. */
    long mostResidentBytes() {
        return memory("VmHWM");
    }

    private long memory(String which) {
        String kilobytes =
                Machine.valueIn(Path.of("/proc/" + process.pid() + "/status"), which)
                        .replaceAll("\\D", "");
        return Long.parseLong(kilobytes) * 1024;
    }

    /** Bytes of all objects that are reachable, after a full collection. */
    long liveHeapBytes() {
        try {
            Process histogram =
                    new ProcessBuilder(
                                    JAVA_HOME.resolve("jcmd").toString(),
                                    Long.toString(process.pid()),
                                    "GC.class_histogram")
                            .start();
            return new String(histogram.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("Total"))
                    .map(line -> line.strip().split("\\s+")[2])
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it do nothing (SIGSTOP) until it may go on. */
    void hold() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it tidy up (SIGTERM). */
    void stop() {
        RUNNING.remove(this);
        process.destroy();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(endWithParent);
    }

    /** Gives it no chance to tidy up (SIGKILL). */
    void kill() {
        RUNNING.remove(this);
        process.destroyForcibly();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(endWithParent);
    }

    @Override
    public void close() {
        kill();
    }
}
