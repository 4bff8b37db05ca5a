package guichet.localstack.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A real PostgreSQL, beside this JVM and on the loopback address. Its data are kept, so that a
 * later one on the same folder goes on where this one ended, also after SIGKILL.
 */
public final class Postgres implements AutoCloseable {

    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_STOP = Duration.ofSeconds(10);

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts a server on a free port and returns when it serves clients.
     *
     * @param folder where its data lie; created when missing
     */
    public static Postgres start(Path folder) throws IOException, InterruptedException {
        return start(folder, 0);
    }

    /**
     * As above, on a given port.
     *
     * @param port 0 for any free one
     */
    public static Postgres start(Path folder, int port) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        stopForgotten(folder);
        clearHalfMade(folder);
        return new Postgres(
                EmbeddedPostgres.builder()
                        .setPort(FreePort.orFree(port))
                        .setDataDirectory(folder.toAbsolutePath())
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(TO_START)
                        // The locale of the environment may be one that this machine has not.
                        .setLocaleConfig("locale", "C")
                        // What a crash of the machine takes away is read off the topics again;
                        .setServerConfig("synchronous_commit", "off")
                        // only what is left must be whole, and the library says -F.
                        .setServerConfig("fsync", "on")
                        .setServerConfig("max_connections", "50")
                        .start());
    }

    /** For a client; it needs no password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:%d/postgres?user=postgres".formatted(server.getPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One that outlived its desk, as that was killed, still holds the folder. */
    private static void stopForgotten(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2 || !Path.of(lines.get(1)).equals(folder.toAbsolutePath())) {
            return;
        }
        ProcessHandle server = ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElse(null);
        // A number that nobody has, or somebody else's, does not stop PostgreSQL.
        if (server == null || server.info().command().isEmpty()) {
            return;
        }
        if (!serves(server, folder)) {
            // The number is another process's by now, which PostgreSQL would take for a server.
            Files.delete(file);
            return;
        }
        server.destroy();
        try {
            server.onExit().get(TO_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stubborn) {
            server.destroyForcibly();
            server.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean serves(ProcessHandle process, Path folder) {
        return process.info()
                .arguments()
                .filter(it -> List.of(it).contains(folder.toAbsolutePath().toString()))
                .isPresent();
    }

    /** The library takes its lock after initdb: where there is none, that was cut short. */
    private static void clearHalfMade(Path folder) throws IOException {
        if (Files.exists(folder.resolve("epg-lock"))) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.skip(1).sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
