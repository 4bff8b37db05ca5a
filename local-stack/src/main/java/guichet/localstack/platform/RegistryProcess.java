package guichet.localstack.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Apicurio Registry in a child JVM, on the loopback address, with its schemas in a file database.
 * It ends with this JVM, however this one ends, and starts again on the same folder, also after
 * SIGKILL.
 *
 * <p>The build lays the registry beside our own classes, in {@code local-stack/target/apicurio};
 * the system property {@value #HOME_PROPERTY} names another place.
 */
public final class RegistryProcess implements AutoCloseable {

    /** System property with the folder that holds {@code quarkus-run.jar}. */
    public static final String HOME_PROPERTY = "guichet.registry.home";

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Process process;
    private final int port;

    private RegistryProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a registry and returns when it answers.
     *
     * @param folder where its database and its log lie; created when missing
     * @param port where clients connect; 0 for any free one
     * @throws IllegalStateException when it does not come up; the message ends with its last words
     */
    public static RegistryProcess start(Path folder, int port) throws InterruptedException {
        int clients = FreePort.orFree(port);
        Path log = folder.resolve("registry.log");
        RegistryProcess registry;
        try {
            Files.createDirectories(folder);
            registry = new RegistryProcess(launch(folder.toAbsolutePath(), log, clients), clients);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the schema registry in " + folder, e);
        }
        try {
            registry.awaitAnswer(log);
        } catch (RuntimeException | InterruptedException e) {
            registry.close();
            throw e;
        }
        return registry;
    }

    /** What {@code schema.registry.url} of a client must say: the Confluent API. */
    public String url() {
        return "http://localhost:" + port + "/apis/ccompat/v7";
    }

    /** Process id, for tests that kill it. */
    public long pid() {
        return process.pid();
    }

    /** Lets the registry write its database and end; kills it when that takes over 5 s. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_LIMIT)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Process launch(Path folder, Path log, int port) throws IOException {
        Path jar = home().resolve("quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "No schema registry at "
                            + jar
                            + ": build local-stack with Maven, or name the folder of an unpacked"
                            + " Apicurio Registry with -D"
                            + HOME_PROPERTY);
        }
        String classPath = ownClasses() + System.getProperty("path.separator") + jar;
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.host=127.0.0.1",
                        "-Dquarkus.management.port=0",
                        "-Dquarkus.http.access-log.enabled=false",
                        "-Dquarkus.log.level=WARN",
                        "-Dapicurio.storage.kind=sql",
                        "-Dapicurio.storage.sql.kind=h2",
                        // Without a delay a schema id survives whatever happens after its answer.
                        "-Dapicurio.datasource.url=jdbc:h2:file:%s;WRITE_DELAY=0"
                                .formatted(folder.resolve("registry")),
                        "-cp",
                        classPath,
                        Lifeline.class.getName(),
                        "io.quarkus.bootstrap.runner.QuarkusEntryPoint");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static Path home() {
        String named = System.getProperty(HOME_PROPERTY);
        return named == null ? ownClasses().resolveSibling("apicurio") : Path.of(named);
    }

    private static Path ownClasses() {
        try {
            return Path.of(
                    RegistryProcess.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Our own classes lie at no usable address", e);
        }
    }

    private void awaitAnswer(Path log) throws InterruptedException {
        HttpRequest question =
                HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        long end = System.nanoTime() + START_LIMIT.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!answers(http, question)) {
                if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException(
                            "The schema registry ended with code %d while starting on port %d:%n%s"
                                    .formatted(process.exitValue(), port, lastWords(log)));
                }
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "The schema registry did not answer on port %d within %d s:%n%s"
                                    .formatted(port, START_LIMIT.toSeconds(), lastWords(log)));
                }
            }
        }
    }

    private static boolean answers(HttpClient http, HttpRequest question)
            throws InterruptedException {
        try {
            return http.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static String lastWords(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException e) {
            return "(its log " + log + " cannot be read)";
        }
    }
}
