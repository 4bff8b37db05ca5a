package guichet.benchmarks.desk;

import guichet.intake.IntakeService;
import guichet.localstack.Ports;
import guichet.localstack.platform.DemoIdentity;
import guichet.localstack.platform.DemoPerson;
import guichet.localstack.platform.Postgres;
import guichet.localstack.platform.RegistryProcess;

import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The customers' door as a process of its own, what it needs, and its baselines beside it. */
final class IntakeRun implements AutoCloseable {

    /** As in the local stack. */
    private static final int PARTITIONS = 4;

    private static final int CUSTOMERS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A door and where it listens. */
    record Door(ChildJvm jvm, int port) {}

    private final Path folder;
    private final Broker broker;
    private final RegistryProcess registry;
    private final DemoIdentity identity;
    private final @Nullable Postgres postgres;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Door> doors = new ArrayList<>();
    private final List<String> tokens;

    private IntakeRun(Path folder, @Nullable Postgres postgres) throws InterruptedException {
        this.folder = folder;
        this.postgres = postgres;
        this.broker = Broker.start(folder);
        this.registry = RegistryProcess.start(folder.resolve("registry"), 0);
        this.identity = DemoIdentity.start(folder.resolve("identity"), 0, InstantSource.system());
        broker.createTopicsOfTheDesk(PARTITIONS);
        broker.createTopic(BareDoor.TOPIC, PARTITIONS);
        this.tokens =
                IntStream.range(0, CUSTOMERS)
                        .mapToObj(number -> "customer-" + number)
                        .map(id -> identity.token(DemoPerson.TEAM, id, id + "@demo.example"))
                        .toList();
    }

    /** Without a database the door takes contacts all the same, and shows them to nobody. */
    static IntakeRun withoutDatabase(Path folder) throws InterruptedException {
        return new IntakeRun(folder, null);
    }

    /** With a PostgreSQL, in which contacts are shown to their senders before they are answered. */
    static IntakeRun withDatabase(Path folder) throws InterruptedException {
        try {
            return new IntakeRun(folder, Postgres.start(folder.resolve("postgres")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Broker broker() {
        return broker;
    }

    /** Each is valid for a day. */
    List<String> tokens() {
        return tokens;
    }

    /**
     * Starts the door; it is ready when this returns.
     *
     * @param options of its JVM, beside the 512 MiB of heap that every door has
     */
    Door door(String... options) throws InterruptedException {
        return door("intake", List.of(options), Map.of());
    }

    /** Starts one that remembers no token. */
    Door doorThatVerifiesEachToken() throws InterruptedException {
        return door("strict-intake", List.of(), Map.of("guichet.door.verified-for", "0s"));
    }

    private Door door(String name, List<String> options, Map<String, String> moreSettings)
            throws InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>(moreSettings);
        // A line a contact, as in production.
        settings.put("logging.level.guichet.intake.contacts", "INFO");
        settings.put("guichet.attachments.folder", folder.resolve("attachments").toString());
        settings.put("spring.kafka.properties.schema.registry.url", registry.url());
        settings.put(
                "guichet.requests.url",
                postgres == null ? "jdbc:postgresql://localhost:1/none" : postgres.jdbcUrl());
        settings.put("guichet.requests.password", "");
        return start(name, IntakeService.class, options, settings);
    }

    /** Starts the baseline that asks for no token; it is ready when this returns. */
    Door bareDoor() throws InterruptedException {
        return start("bare", BareDoor.class, List.of(), bare());
    }

    /** Starts the baseline that verifies tokens as the door does. */
    Door bareDoorForTheSignedIn() throws InterruptedException {
        Map<String, String> settings = bare();
        settings.put("spring.profiles.active", BareDoor.SIGNED_IN);
        return start("bare-signed-in", BareDoor.class, List.of(), settings);
    }

    private static Map<String, String> bare() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spring.kafka.producer.value-serializer", ByteArraySerializer.class.getName());
        return settings;
    }

    private Door start(
            String name, Class<?> main, List<String> moreOptions, Map<String, String> settings)
            throws InterruptedException {
        int port = Ports.free().intake();
        settings.put("server.port", Integer.toString(port));
        settings.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
        settings.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", identity.issuer());
        settings.put("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", identity.jwkSetUri());
        List<String> options = new ArrayList<>(List.of("-Xmx512m"));
        options.addAll(moreOptions);
        ChildJvm jvm =
                ChildJvm.start(
                        folder.resolve(name + ".log"),
                        main,
                        options,
                        settings.entrySet().stream()
                                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                                .toList());
        Wait.until(name + " is ready", PATIENCE, () -> isReady(port));
        Door door = new Door(jvm, port);
        doors.add(door);
        return door;
    }

    private boolean isReady(int port) {
        HttpRequest question =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:%d/actuator/health/readiness"
                                                .formatted(port)))
                        .build();
        return http.sendAsync(question, BodyHandlers.discarding())
                .thenApply(answer -> answer.statusCode() == 200)
                .exceptionally(notYet -> false)
                .join();
    }

    @Override
    public void close() {
        http.shutdownNow();
        doors.forEach(door -> door.jvm().close());
        identity.close();
        registry.close();
        broker.close();
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
