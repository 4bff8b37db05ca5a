package guichet.chassis.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import guichet.events.CallEnded;
import guichet.events.EndedBy;
import guichet.schemas.Principal;
import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroSerializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

class SchemasAtStartTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Topic> lookedFor = new CopyOnWriteArrayList<>();
    private volatile boolean kafkaIsAway;
    private volatile int answer = 200;
    private HttpServer registry;
    private SchemasAtStart schemas;

    @BeforeEach
    void open() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", this::answer);
        registry.start();
        schemas = new SchemasAtStart(serializer(), this::lookFor, Principal.INTAKE.user());
    }

    @AfterEach
    void close() throws InterruptedException {
        schemas.close();
        registry.stop(0);
    }

    @Test
    void aDoorIsReadyWhenTheRegistryKnowsAllThatItWrites() {
        schemas.start();

        awaitReady();

        assertThat(asked)
                .hasSize((int) Topics.all().stream().mapToLong(this::kindsWrittenTo).sum())
                .contains("/subjects/support.tickets-guichet.events.TicketCreated/versions")
                .noneMatch(path -> path.contains("support.agents"));
    }

    @Test
    void itIsNotReadyBefore() {
        answer = 503;
        schemas.start();

        await().until(() -> asked.size() > 1);
        assertThat(schemas.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);

        answer = 200;
        awaitReady();
    }

    @Test
    void thenTheFirstOfAKindIsWrittenWhileTheRegistryIsAway() {
        try (RegistryAvroSerializer<SpecificRecord> ofTheDoor = serializer()) {
            schemas.start();
            awaitReady();
            registry.stop(0);

            byte[] written =
                    ofTheDoor.serialize(
                            Topics.CALLBACKS.name(),
                            new CallEnded("c-1", Instant.EPOCH, EndedBy.SYSTEM));

            assertThat(written).startsWith(0, 0, 0, 0, 7);
            assertThat(schemas.health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void whoIsNotOfTheDeskWaitsForNothing() throws InterruptedException {
        try (SchemasAtStart ofAnother =
                new SchemasAtStart(serializer(), this::lookFor, "somebody")) {
            ofAnother.start();

            await().until(() -> ofAnother.health().getStatus().equals(Status.UP));
            assertThat(asked).isEmpty();
            assertThat(lookedFor).isEmpty();
        }
    }

    @Test
    void itsProducersLookForEachTopicBeforeACallerDoes() {
        schemas.start();

        await().untilAsserted(
                        () ->
                                assertThat(lookedFor)
                                        .containsExactlyElementsOf(
                                                Topics.all().stream()
                                                        .filter(topic -> kindsWrittenTo(topic) > 0)
                                                        .toList()));
    }

    @Test
    void aDoorIsReadyThoughKafkaIsAway() {
        kafkaIsAway = true;
        schemas.start();

        awaitReady();
    }

    private void lookFor(Topic topic) {
        if (kafkaIsAway) {
            throw new TimeoutException("not known");
        }
        lookedFor.add(topic);
    }

    private void awaitReady() {
        await().until(() -> schemas.health().getStatus().equals(Status.UP));
    }

    private long kindsWrittenTo(Topic topic) {
        return topic.writers().contains(Principal.INTAKE) ? topic.events().size() : 0;
    }

    private RegistryAvroSerializer<SpecificRecord> serializer() {
        RegistryAvroSerializer<SpecificRecord> serializer = new RegistryAvroSerializer<>();
        serializer.configure(
                Map.of(
                        "schema.registry.url",
                        "http://localhost:" + registry.getAddress().getPort(),
                        "value.subject.name.strategy",
                        "TopicRecordNameStrategy",
                        "max.retries",
                        0),
                false);
        return serializer;
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestURI().getPath());
        byte[] body = (answer == 200 ? "{\"id\": 7}" : "{}").getBytes(UTF_8);
        exchange.sendResponseHeaders(answer, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
