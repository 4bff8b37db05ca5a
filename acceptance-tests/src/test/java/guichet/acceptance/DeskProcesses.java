package guichet.acceptance;

import static org.awaitility.Awaitility.await;

import guichet.escalation.EscalationService;
import guichet.intake.IntakeService;
import guichet.localstack.Ports;
import guichet.localstack.platform.DemoIdentity;
import guichet.localstack.platform.KafkaBroker;
import guichet.localstack.platform.RegistryProcess;
import guichet.routing.RoutingService;
import guichet.sla.SlaMonitorService;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A desk whose broker and services are processes of their own, so that they can be killed. */
final class DeskProcesses implements AutoCloseable {

    enum Part {
        BROKER(KafkaBroker.class),
        INTAKE(IntakeService.class),
        ROUTING(RoutingService.class),
        SLA_MONITOR(SlaMonitorService.class),
        ESCALATION(EscalationService.class);

        private final Class<?> main;

        Part(Class<?> main) {
            this.main = main;
        }
    }

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Ports ports = Ports.free();
    private final Path data;
    private final DemoIdentity identity;
    private final RegistryProcess registry;
    private final Map<Part, Process> running = new EnumMap<>(Part.class);
    private final HttpClient http = HttpClient.newHttpClient();

    private DeskProcesses(Path data) throws InterruptedException {
        this.data = data;
        this.identity =
                DemoIdentity.start(
                        data.resolve("identity"), ports.identity(), InstantSource.system());
        this.registry = RegistryProcess.start(data.resolve("registry"), ports.registry());
    }

    /** Starts all parts and returns when each is ready. */
    static DeskProcesses start(Path data) throws InterruptedException {
        DeskProcesses desk = new DeskProcesses(data);
        try {
            desk.start(Part.values());
            desk.awaitReady();
            return desk;
        } catch (RuntimeException | Error failure) {
            desk.close();
            throw failure;
        }
    }

    /** Ends processes at once, with no chance to tidy up (SIGKILL). */
    void kill(Part... parts) {
        Stream.of(parts).map(running::get).forEach(Process::destroyForcibly);
        Stream.of(parts).map(running::get).forEach(process -> process.onExit().join());
    }

    /** Starts processes anew on the data they left; does not wait until they are ready. */
    void start(Part... parts) {
        Stream.of(parts).forEach(part -> running.put(part, launch(part)));
    }

    void awaitReady() {
        await("the desk is ready")
                .atMost(START_LIMIT)
                .until(() -> Stream.of(Part.values()).allMatch(this::isReady));
    }

    String bootstrapServers() {
        return "localhost:" + ports.kafka();
    }

    String registryUrl() {
        return registry.url();
    }

    URI intake() {
        return URI.create("http://localhost:" + ports.intake());
    }

    URI identity() {
        return URI.create(identity.issuer());
    }

    private boolean isReady(Part part) {
        if (part == Part.BROKER) {
            return running.get(part).isAlive();
        }
        URI health = URI.create("http://localhost:" + port(part) + "/actuator/health/readiness");
        try {
            return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process launch(Part part) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                part.main.getName()));
        command.addAll(arguments(part));
        Path log = data.resolve(part.name().toLowerCase() + ".log");
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> arguments(Part part) {
        if (part == Part.BROKER) {
            return List.of(data.resolve("kafka").toString(), Integer.toString(ports.kafka()));
        }
        return List.of(
                "--server.port=" + port(part),
                "--guichet.policy=demo",
                "--guichet.topics.partitions=4",
                "--guichet.topics.replication=1",
                "--spring.kafka.bootstrap-servers=" + bootstrapServers(),
                "--spring.kafka.properties.schema.registry.url=" + registryUrl(),
                "--spring.kafka.streams.state-dir=" + data.resolve("streams"),
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + identity.issuer(),
                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + identity.jwkSetUri());
    }

    private int port(Part part) {
        return switch (part) {
            case BROKER -> ports.kafka();
            case INTAKE -> ports.intake();
            case ROUTING -> ports.routing();
            case SLA_MONITOR -> ports.slaMonitor();
            case ESCALATION -> ports.escalation();
        };
    }

    /** Where the processes write what they have to say. */
    Path logs() {
        return data;
    }

    @Override
    public void close() {
        kill(running.keySet().toArray(Part[]::new));
        registry.close();
        identity.close();
    }

    static Path temporaryData() throws IOException {
        return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "kill");
    }
}
