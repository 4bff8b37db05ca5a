package guichet.benchmarks.desk;

import guichet.escalation.EscalationService;
import guichet.intake.IntakeService;
import guichet.localstack.Ports;
import guichet.localstack.platform.DemoIdentity;
import guichet.localstack.platform.DemoPerson;
import guichet.localstack.platform.RegistryProcess;
import guichet.routing.RoutingService;
import guichet.schemas.Topic;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryAvroSerializer;
import guichet.sla.SlaMonitorService;

import org.apache.avro.specific.SpecificRecord;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;

/** A whole desk, each service a process of its own, and what its customers and agents need. */
final class DeskRun implements AutoCloseable {

    /** As in the local stack. */
    private static final String PARTITIONS = "4";

    private static final int CUSTOMERS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Broker broker;
    private final RegistryProcess registry;
    private final DemoIdentity identity;
    private final Map<String, ChildJvm> services = new LinkedHashMap<>();
    private final Publisher publisher;
    private final RegistryAvroSerializer<SpecificRecord> written = new RegistryAvroSerializer<>();
    private final RegistryAvroDeserializer<SpecificRecord> read = new RegistryAvroDeserializer<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final List<String> tokens;
    private final URI intake;
    private int asked;

    private DeskRun(Path folder) throws InterruptedException {
        this.broker = Broker.start(folder);
        this.registry = RegistryProcess.start(folder.resolve("registry"), 0);
        Ports ports = Ports.free();
        this.identity =
                DemoIdentity.start(
                        folder.resolve("identity"), ports.identity(), InstantSource.system());
        this.intake = URI.create("http://localhost:" + ports.intake());
        launch(folder, "intake", IntakeService.class, ports.intake());
        launch(folder, "routing", RoutingService.class, 0);
        launch(folder, "monitor", SlaMonitorService.class, 0);
        launch(folder, "escalation", EscalationService.class, 0);
        this.publisher = new Publisher(broker.bootstrapServers());
        Map<String, String> avro = Chats.registry(registry.url());
        written.configure(avro, false);
        read.configure(avro, false);
        this.tokens =
                IntStream.range(0, CUSTOMERS)
                        .mapToObj(number -> "customer-" + number)
                        .map(id -> identity.token(DemoPerson.BASIC, id, id + "@demo.example"))
                        .toList();
    }

    /** Starts all and returns when each service has its partitions and intake answers. */
    static DeskRun start(Path folder) throws InterruptedException {
        DeskRun run = new DeskRun(folder);
        for (String group :
                List.of("routing-service", "sla-monitor-service", "escalation-service")) {
            run.broker.awaitMembers(group, PATIENCE);
        }
        Wait.until("intake is ready", PATIENCE, run::isIntakeReady);
        return run;
    }

    private boolean isIntakeReady() {
        HttpRequest question =
                HttpRequest.newBuilder(intake.resolve("/actuator/health/readiness")).build();
        return http.sendAsync(question, BodyHandlers.discarding())
                .thenApply(answer -> answer.statusCode() == 200)
                .exceptionally(notYet -> false)
                .join();
    }

    private void launch(Path folder, String name, Class<?> main, int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", Integer.toString(port));
        settings.put("guichet.policy", Chats.policy());
        settings.put("guichet.requests.password", "");
        settings.put("guichet.topics.partitions", PARTITIONS);
        settings.put("guichet.topics.replication", "1");
        settings.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
        settings.put("spring.kafka.properties.schema.registry.url", registry.url());
        settings.put("spring.kafka.streams.state-dir", folder.resolve("state").toString());
        settings.put("guichet.attachments.folder", folder.resolve("attachments").toString());
        settings.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", identity.issuer());
        settings.put("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", identity.jwkSetUri());
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        services.put(
                name,
                ChildJvm.start(
                        folder.resolve(name + ".log"), main, List.of("-Xmx512m"), arguments));
    }

    Usage usage() {
        Map<String, ChildJvm> all = new LinkedHashMap<>(services);
        all.put("the broker", broker.jvm());
        return new Usage(all);
    }

    /**
     * A customer asks for a chat over HTTP.
     *
     * @return the contact's id; fails where the desk does not take it
     */
    CompletableFuture<String> startChat(String language) {
        HttpRequest request =
                HttpRequest.newBuilder(intake.resolve("/api/chats"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + tokens.get(asked++ % CUSTOMERS))
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(
                                BodyPublishers.ofString(
                                        json.writeValueAsString(
                                                Map.of(
                                                        "language", language,
                                                        "topic", "site-editor",
                                                        "question", "How do I add a page?"))))
                        .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(this::contactId);
    }

    private String contactId(HttpResponse<String> answer) {
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return json.readTree(answer.body()).path("id").asString();
    }

    /** Writes what an agent's tool says. */
    void send(Topic topic, String key, SpecificRecord event) {
        publisher.send(
                topic.name(), key, Objects.requireNonNull(written.serialize(topic.name(), event)));
    }

    /**
     * Reads a topic from now on, until closed.
     *
     * @param reader is shown each event and when it came, in milliseconds since 1970 UTC
     */
    Output read(Topic topic, ObjLongConsumer<SpecificRecord> reader) {
        Output output = new Output(broker.bootstrapServers(), topic.name());
        output.readBy(
                (told, seenAt) ->
                        reader.accept(
                                Objects.requireNonNull(
                                        read.deserialize(told.topic(), told.value())),
                                seenAt));
        return output;
    }

    @Override
    public void close() {
        http.shutdownNow();
        publisher.close();
        services.values().forEach(ChildJvm::close);
        identity.close();
        registry.close();
        broker.close();
    }
}
