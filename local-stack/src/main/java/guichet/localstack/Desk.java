package guichet.localstack;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import guichet.escalation.EscalationService;
import guichet.intake.IntakeService;
import guichet.localstack.platform.DemoIdentity;
import guichet.localstack.platform.DemoPerson;
import guichet.localstack.platform.KafkaBroker;
import guichet.localstack.platform.KafkaCluster;
import guichet.localstack.platform.Postgres;
import guichet.localstack.platform.PostgresProbe;
import guichet.localstack.platform.RegistryProbe;
import guichet.localstack.platform.RegistryProcess;
import guichet.routing.RoutingService;
import guichet.sla.SlaMonitorService;

import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Demo tokens and the four services, running together in this JVM, and beside them a broker, a
 * registry and a PostgreSQL unless others are given.
 */
public final class Desk implements AutoCloseable {

    private static final int MOST_REPLICAS = 3;

    /** Enough for one machine; a Kafka of the user's own gets the services' default. */
    private static final int OWN_PARTITIONS = 4;

    private static final int USUAL_PARTITIONS = 24;

    private interface Starting {
        void run() throws Exception;
    }

    private record Part(String name, String address, Starting starting) {}

    private final Ports ports;
    private final Platform platform;
    private final Teardown teardown;
    private final Progress progress;
    private @Nullable DemoIdentity tokens;
    private @Nullable KafkaCluster cluster;
    private @Nullable String database;

    private Desk(Ports ports, Platform platform, Teardown teardown, Progress progress) {
        this.ports = ports;
        this.platform = platform;
        this.teardown = teardown;
        this.progress = progress;
    }

    /**
     * Starts the whole desk and returns when every service says that it is up.
     *
     * @param policy the support policy: {@code support-page}, {@code demo} or {@code file:…}
     * @param data where everything is kept; a later desk on the same folder goes on
     * @param platform what runs already and is not started
     * @throws StartFailed when a part does not come up; the others are stopped
     */
    public static Desk start(String policy, Path data, Ports ports, Platform platform)
            throws InterruptedException {
        Teardown teardown = new Teardown(Progress.SILENT);
        try {
            return start(policy, data, ports, platform, teardown, Progress.SILENT);
        } catch (RuntimeException | InterruptedException e) {
            teardown.close();
            throw e;
        }
    }

    /** As above; what was started before a failure is left to the teardown. */
    static Desk start(
            String policy,
            Path data,
            Ports ports,
            Platform platform,
            Teardown teardown,
            Progress progress)
            throws InterruptedException {
        logAsOne();
        Desk desk = new Desk(ports, platform, teardown, progress);
        desk.startTogether(desk.platform(data));
        teardown.nextStage();
        desk.startTogether(desk.services(policy, data));
        return desk;
    }

    /** What {@code bootstrap.servers} of a client must say. */
    public String bootstrapServers() {
        return requireNonNullElse(platform.kafka(), "localhost:" + ports.kafka());
    }

    /** What {@code schema.registry.url} of a client must say. */
    public String registryUrl() {
        return requireNonNullElse(
                platform.registry(), "http://localhost:" + ports.registry() + "/apis/ccompat/v7");
    }

    /** Address of the intake service. */
    public URI intake() {
        return address(ports.intake());
    }

    /** Address of the demo identity provider. */
    public URI identity() {
        return address(ports.identity());
    }

    /** A bearer token with the rights of a demo person, for somebody of that id. */
    public String token(DemoPerson person, String subject) {
        return requireNonNull(tokens, "the desk has not started")
                .token(person, subject, subject + "@demo.example");
    }

    /** Stops the services, then what they run on. */
    @Override
    public void close() {
        teardown.close();
    }

    private List<Part> platform(Path data) {
        return List.of(
                new Part(
                        "demo tokens",
                        identity() + "/token/team",
                        () -> {
                            tokens =
                                    DemoIdentity.start(
                                            data.resolve("identity"),
                                            ports.identity(),
                                            InstantSource.system());
                            teardown.add("demo tokens", tokens);
                        }),
                new Part(
                        "schema registry",
                        withoutCredentials(registryUrl()),
                        () -> startRegistry(data)),
                new Part(
                        "PostgreSQL",
                        platform.database() == null
                                ? data.resolve("postgres").toString()
                                : platform.database().replaceFirst("\\?.*", ""),
                        () -> startDatabase(data)),
                new Part("Kafka", bootstrapServers(), () -> startKafka(data)));
    }

    private void startDatabase(Path data) throws IOException, InterruptedException {
        if (platform.database() == null) {
            Postgres postgres = Postgres.start(data.resolve("postgres"));
            teardown.add("PostgreSQL", postgres);
            database = postgres.jdbcUrl();
        } else {
            PostgresProbe.check(platform.database());
            database = platform.database();
        }
    }

    private void startRegistry(Path data) throws InterruptedException {
        if (platform.registry() == null) {
            teardown.add(
                    "schema registry",
                    RegistryProcess.start(data.resolve("registry"), ports.registry()));
        } else {
            RegistryProbe.check(platform.registry());
        }
    }

    private void startKafka(Path data) throws IOException, InterruptedException {
        if (platform.kafka() == null) {
            teardown.add("Kafka", KafkaBroker.start(data.resolve("kafka"), ports.kafka()));
        }
        cluster = KafkaCluster.at(bootstrapServers());
        // Kafka Streams fails when two services create the same folder at once.
        Files.createDirectories(new DataFolder(data).stores(cluster));
    }

    private List<Part> services(String policy, Path data) {
        KafkaCluster kafka = requireNonNull(cluster);
        DataFolder folder = new DataFolder(data);
        int replication = Math.min(kafka.brokers(), MOST_REPLICAS);
        List<String> settings =
                List.of(
                        "--guichet.policy=" + policy,
                        "--guichet.topics.partitions=" + partitions(kafka),
                        "--guichet.topics.replication=" + replication,
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers(),
                        "--spring.kafka.properties.schema.registry.url=" + registryUrl(),
                        "--spring.kafka.streams.state-dir=" + folder.stores(kafka),
                        "--guichet.attachments.folder=" + folder.attachments(platform, kafka),
                        // There is one copy of each service.
                        "--spring.kafka.streams.properties.num.standby.replicas=0",
                        "--guichet.requests.url=" + requireNonNull(database),
                        // The URL has one where there is one.
                        "--guichet.requests.password=",
                        // The requests of another Kafka are none of this desk's.
                        "--guichet.requests.schema=desk_"
                                + kafka.id().replaceAll("[^A-Za-z0-9_-]", "_"),
                        "--server.address=127.0.0.1",
                        "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + identity(),
                        "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri="
                                + identity()
                                + "/.well-known/jwks.json",
                        "--spring.lifecycle.timeout-per-shutdown-phase=3s",
                        "--spring.main.register-shutdown-hook=false");
        return List.of(
                service("intake", ports.intake(), settings, IntakeService::start),
                service("routing", ports.routing(), settings, RoutingService::start),
                service("SLA monitor", ports.slaMonitor(), settings, SlaMonitorService::start),
                service("escalation", ports.escalation(), settings, EscalationService::start));
    }

    private int partitions(KafkaCluster kafka) {
        if (kafka.partitions() > 0) {
            return kafka.partitions();
        }
        return platform.kafka() == null ? OWN_PARTITIONS : USUAL_PARTITIONS;
    }

    private Part service(
            String name,
            int port,
            List<String> settings,
            Function<String[], ConfigurableApplicationContext> start) {
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("--server.port=" + port);
        return new Part(
                name,
                address(port).toString(),
                () -> {
                    teardown.add(name, start.apply(arguments.toArray(String[]::new)));
                    Health.awaitUp(address(port));
                });
    }

    private void startTogether(List<Part> parts) throws InterruptedException {
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        parts.size(), Thread.ofPlatform().daemon().name("start-", 0).factory());
        CompletionService<Void> starts = new ExecutorCompletionService<>(threads);
        parts.forEach(part -> starts.submit(() -> startOne(part)));
        try {
            for (int i = 0; i < parts.size(); i++) {
                starts.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartFailed failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Void startOne(Part part) {
        long begin = System.nanoTime();
        progress.starting(part.name());
        try {
            part.starting().run();
        } catch (Exception e) {
            throw new StartFailed(part.name(), e);
        }
        progress.started(part.name(), part.address(), Duration.ofNanos(System.nanoTime() - begin));
        return null;
    }

    /** Keeps each service from configuring the log of this JVM again, with one more appender. */
    private static void logAsOne() {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static String withoutCredentials(String urls) {
        return urls.replaceAll("//[^/@]*@", "//");
    }

    private static URI address(int port) {
        return URI.create("http://localhost:" + port);
    }
}
