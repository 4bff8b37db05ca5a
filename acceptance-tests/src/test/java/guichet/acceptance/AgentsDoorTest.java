package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.chassis.door.EventWindow;
import guichet.events.Channel;
import guichet.events.OfferAccepted;
import guichet.events.OfferClosed;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.Priority;
import guichet.localstack.platform.DemoIdentity;
import guichet.localstack.platform.DemoPerson;
import guichet.localstack.platform.KafkaBroker;
import guichet.routing.agents.ContactLookup;
import guichet.schemas.Contract;
import guichet.schemas.TopicCreation;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroSerializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two copies of the agents' door over a real broker; the test is the desk behind them. */
class AgentsDoorTest {

    private static final String REGISTRY = "mock://agents-door";

    @TempDir static Path folder;
    private static KafkaBroker broker;
    private static DemoIdentity identity;
    private static Admin admin;
    private static KafkaProducer<String, SpecificRecord> desk;
    private static List<ServletWebServerApplicationContext> doors;

    private final String agent = "ana-" + UUID.randomUUID();
    private final String token = identity.token(DemoPerson.AGENT, agent, "ana@demo.example");

    /** Routing without its queueing and matching. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ComponentScan("guichet.routing.agents")
    static class AgentsDoor {

        @Bean
        ContactLookup nothingHeld() {
            return contactId -> Optional.empty();
        }
    }

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start(folder.resolve("kafka"), 0);
        identity = DemoIdentity.start(folder.resolve("identity"), 0, InstantSource.system());
        admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers()));
        TopicCreation.createMissing(admin, 1, (short) 1);
        desk = desk();
        doors = Stream.generate(AgentsDoorTest::door).limit(2).toList();
    }

    @AfterAll
    static void stop() {
        doors.forEach(ServletWebServerApplicationContext::close);
        desk.close();
        admin.close();
        identity.close();
        broker.close();
    }

    @Test
    void aWindowThatKeepsComingBackToOneCopyOrTheOtherMissesNothingAndGetsNothingTwice() {
        int offers = 400;
        CompletableFuture<Void> telling =
                CompletableFuture.runAsync(
                        () -> {
                            for (int i = 1; i <= offers; i += 4) {
                                tellOffers("aborted", i, false);
                                tellOffers("kept", i, true);
                            }
                        });
        List<EventWindow.Event> seen = new ArrayList<>();
        for (int visit = 0; seen.size() < offers; visit++) {
            Optional<String> last =
                    seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast().id());
            int atLeast = Math.min(25, offers - seen.size());
            try (EventWindow window = open(visit, last)) {
                await().atMost(LONG_ENOUGH).until(() -> window.events().size() >= atLeast);
                seen.addAll(window.events());
            }
        }
        telling.join();

        assertThat(seen)
                .extracting(event -> offerId(event.data()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, offers).mapToObj(i -> "kept/" + i).toList());
        assertThat(seen)
                .extracting(event -> Long.valueOf(event.id()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aNewWindowBeginsWithTheOffersThatAreOpen() {
        tell(true, offer("c-1/1"), offer("c-2/1"), closed("c-1/1", OfferOutcome.EXPIRED));
        tell(false, closed("c-2/1", OfferOutcome.EXPIRED));

        try (EventWindow window = open(0, Optional.empty())) {
            await().atMost(LONG_ENOUGH).until(() -> !window.events().isEmpty());
            tell(true, offer("c-3/1"));
            await().atMost(LONG_ENOUGH).until(() -> window.events().size() >= 2);

            assertThat(window.events())
                    .extracting(event -> offerId(event.data()))
                    .containsExactly("c-2/1", "c-3/1");
        }
    }

    @Test
    void anAcceptedOfferIsAnsweredByTheDesk() throws Exception {
        try (DeskLog log = new DeskLog(broker.bootstrapServers(), REGISTRY)) {
            CompletableFuture<HttpResponse<String>> answer =
                    HttpClient.newHttpClient()
                            .sendAsync(
                                    HttpRequest.newBuilder(uri(0, "/api/offers/c-5/1/accept"))
                                            .header("Authorization", "Bearer " + token)
                                            .POST(BodyPublishers.noBody())
                                            .build(),
                                    BodyHandlers.ofString());
            await().atMost(LONG_ENOUGH).until(() -> !log.of(agent, OfferAccepted.class).isEmpty());
            tell(true, closed("c-5/1", OfferOutcome.TAKEN));

            assertThat(answer.get().statusCode()).isEqualTo(200);
            assertThat(answer.get().body()).contains("\"contactId\":\"c-5\"");
            assertThat(log.of(agent, OfferAccepted.class))
                    .extracting(OfferAccepted::getOfferId)
                    .containsExactly("c-5/1");
        }
    }

    @Test
    void whoMissedWhatIsNotKeptAnyMoreIsTold() throws Exception {
        String last;
        tell(true, offer("c-1/1"));
        try (EventWindow window = open(0, Optional.empty())) {
            await().atMost(LONG_ENOUGH).until(() -> !window.events().isEmpty());
            last = window.events().getFirst().id();
            tell(true, offer("c-2/1"), offer("c-3/1"));
            await().atMost(LONG_ENOUGH).until(() -> window.events().size() == 3);
            long end = Long.parseLong(window.events().getLast().id());
            TopicPartition line = new TopicPartition(Topics.DESKTOPS.name(), 0);
            admin.deleteRecords(Map.of(line, RecordsToDelete.beforeOffset(end))).all().get();
        }

        try (EventWindow gone = open(1, Optional.of(last));
                EventWindow tooEarly = open(1, Optional.of("1000000"))) {
            assertThat(gone.response().statusCode()).isEqualTo(410);
            assertThat(tooEarly.response().statusCode()).isEqualTo(400);
        }
    }

    @Test
    @Timeout(20)
    void aCopyThatStopsDoesNotWaitForItsWindows() {
        EventWindow window;
        try (ServletWebServerApplicationContext stopping = door()) {
            window =
                    EventWindow.open(
                            uri(stopping, "/api/agents/me/offers"), token, Optional.empty());
        }

        await().atMost(LONG_ENOUGH).until(window::ended);
    }

    private void tellOffers(String contactId, int first, boolean committed) {
        tell(
                committed,
                IntStream.range(first, first + 4)
                        .mapToObj(i -> offer(contactId + "/" + i))
                        .toArray(SpecificRecord[]::new));
    }

    /** As the matching engine does: all of it or, where a transaction comes to nothing, none. */
    private static synchronized void tell(boolean committed, SpecificRecord... events) {
        desk.beginTransaction();
        for (SpecificRecord event : events) {
            desk.send(new ProducerRecord<>(Topics.DESKTOPS.name(), Contract.keyOf(event), event));
        }
        desk.flush();
        if (committed) {
            desk.commitTransaction();
        } else {
            desk.abortTransaction();
        }
    }

    private EventWindow open(int visit, Optional<String> lastEventId) {
        return EventWindow.open(uri(visit, "/api/agents/me/offers"), token, lastEventId);
    }

    private static URI uri(int visit, String path) {
        return uri(doors.get(visit % doors.size()), path);
    }

    private static URI uri(ServletWebServerApplicationContext door, String path) {
        return URI.create("http://localhost:" + door.getWebServer().getPort() + path);
    }

    private static String offerId(String offer) {
        return offer.replaceAll(".*\"offerId\":\"([^\"]*)\".*", "$1");
    }

    private OfferMade offer(String offerId) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        return OfferMade.newBuilder()
                .setAgentId(agent)
                .setOfferId(offerId)
                .setContactId(offerId.substring(0, offerId.lastIndexOf('/')))
                .setChannel(Channel.CHAT)
                .setLanguage("en")
                .setPriority(Priority.NORMAL)
                .setOfferedAt(now)
                .setExpiresAt(now.plusSeconds(20))
                .build();
    }

    private OfferClosed closed(String offerId, OfferOutcome outcome) {
        return OfferClosed.newBuilder()
                .setAgentId(agent)
                .setOfferId(offerId)
                .setContactId(offerId.substring(0, offerId.lastIndexOf('/')))
                .setClosedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
                .setOutcome(outcome)
                .build();
    }

    private static KafkaProducer<String, SpecificRecord> desk() {
        RegistryAvroSerializer<SpecificRecord> events = new RegistryAvroSerializer<>();
        events.configure(
                Map.of(
                        "schema.registry.url",
                        REGISTRY,
                        "value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy"),
                false);
        KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers(),
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "desk"),
                        new StringSerializer(),
                        events);
        producer.initTransactions();
        return producer;
    }

    private static ServletWebServerApplicationContext door() {
        return (ServletWebServerApplicationContext)
                new SpringApplicationBuilder(AgentsDoor.class)
                        .properties("spring.config.name=routing-service")
                        .run(
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                                "--spring.kafka.properties.schema.registry.url=" + REGISTRY,
                                "--spring.security.oauth2.resourceserver.jwt.issuer-uri="
                                        + identity.issuer(),
                                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri="
                                        + identity.jwkSetUri());
    }
}
