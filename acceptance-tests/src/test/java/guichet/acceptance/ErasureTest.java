package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.ChatEnded;
import guichet.events.ErasureOrdered;
import guichet.events.TicketSolved;
import guichet.intake.IntakeService;
import guichet.localstack.Ports;
import guichet.localstack.platform.KafkaBroker;
import guichet.localstack.platform.Postgres;
import guichet.schemas.TopicCreation;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A person who is forgotten stays so (ADR 17): an intake of its own, beside the desk's, on the
 * desk's Kafka, with a PostgreSQL that goes away, is read anew and is lost, and in the end on
 * another Kafka, as that one is lost too.
 */
@OnTheWholeDesk
abstract class ErasureTest {

    private final WholeDesk.Running desk;
    private final String fay = "fay-" + UUID.randomUUID();
    private final String bo = "bo-" + UUID.randomUUID();
    private final int port = Ports.free().intake();
    private final Customers people;

    @TempDir private Path folder;

    ErasureTest(WholeDesk.Running desk) {
        this.desk = desk;
        this.people = new Customers(URI.create("http://localhost:" + port), desk.desk().identity());
    }

    @Test
    void whoIsForgottenWhilePostgresIsAwayComesBackInNoRebuildNorOnAnEmptyKafka() throws Exception {
        String chat;
        String ticket;
        try (Postgres postgres = Postgres.start(folder.resolve("postgres"));
                var intake = intake(postgres, "first", 1)) {
            awaitListed(fay, 0);
            chat = sent("/api/chats", fay, Map.of("language", "en"));
            ticket =
                    people.ticketWithFile(
                                    account(fay),
                                    Map.of(
                                            "impact",
                                            "LOW",
                                            "description",
                                            "How do I add a page?",
                                            "cc",
                                            address(bo)),
                                    "Sign in.")
                            .id();
            sent(
                    "/api/tickets",
                    bo,
                    Map.of(
                            "impact",
                            "LOW",
                            "description",
                            "Where is the menu?",
                            "cc",
                            List.of(address(fay))));
            awaitListed(fay, 3);
            awaitListed(bo, 2);
            assertThat(folder.resolve("attachments/kept").resolve(ticket)).isNotEmptyDirectory();

            postgres.close();
            assertThat(order("team").status()).isEqualTo(403);
            assertThat(order("supervisor").status()).isEqualTo(202);
            assertThat(people.get("/api/erasures", "supervisor").status()).isEqualTo(503);
        }

        try (Postgres postgres = Postgres.start(folder.resolve("postgres"));
                var intake = intake(postgres, "first", 2)) {
            isForgotten(chat, ticket);
        }

        try (Postgres postgres = Postgres.start(folder.resolve("postgres"));
                var intake = intake(postgres, "lost", 1)) {
            isForgotten(chat, ticket);
        }

        try (Postgres postgres = Postgres.start(folder.resolve("postgres"));
                KafkaBroker empty = KafkaBroker.start(folder.resolve("kafka"), 0)) {
            tellThatNothingWasRead(postgres, "lost");
            makeTopics(empty);
            try (var intake = intake(postgres, "lost", 1, empty.bootstrapServers())) {
                isForgotten(chat, ticket);
                sent("/api/chats", bo, Map.of("language", "en"));
                awaitListed(bo, 2);
            }
        }
    }

    /** As the services do which start before intake. */
    private static void makeTopics(KafkaBroker broker) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicCreation.createMissing(admin, 4, (short) 1);
        }
    }

    /** Step 4 of docs/operations.md, after the loss of the cluster. */
    private static void tellThatNothingWasRead(Postgres postgres, String schema)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("truncate %s.progress".formatted(schema));
        }
    }

    private void isForgotten(String chat, String ticket) {
        await("it is done")
                .atMost(LONG_ENOUGH)
                .ignoreExceptions()
                .untilAsserted(
                        () -> {
                            JsonNode erasure = erasure();
                            assertThat(erasure.get("orderedBy").stringValue())
                                    .isEqualTo("demo-supervisor");
                            assertThat(erasure.get("requests").intValue()).isEqualTo(2);
                            assertThat(erasure.get("done").booleanValue()).isTrue();
                        });
        awaitListed(bo, 1);
        assertThat(listed(fay)).isEmpty();
        assertThat(folder.resolve("attachments/kept").resolve(ticket)).doesNotExist();
        await("what was open has ended")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () -> {
                            assertThat(desk.log().of(chat, ChatEnded.class)).isNotEmpty();
                            assertThat(desk.log().of(ticket, TicketSolved.class)).isNotEmpty();
                        });
    }

    private JsonNode erasure() {
        String id =
                desk.log()
                        .events(ErasureOrdered.class)
                        .reduce((earlier, later) -> later)
                        .orElseThrow()
                        .getErasureId();
        return people.get("/api/erasures", "supervisor")
                .body()
                .valueStream()
                .filter(erasure -> erasure.get("id").stringValue().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Customers.Reply order(String account) {
        return people.post(
                "/api/erasures",
                account,
                "not heeded",
                Map.of("customerId", fay, "email", address(fay)));
    }

    private String sent(String path, String who, Map<String, ?> body) {
        Customers.Reply reply = people.post(path, account(who), UUID.randomUUID().toString(), body);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply.id();
    }

    /** A request is shown when intake has read it off its topic. */
    private void awaitListed(String who, int requests) {
        await(requests + " requests are shown to " + who)
                .atMost(LONG_ENOUGH)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(listed(who)).hasSize(requests));
    }

    private List<JsonNode> listed(String who) {
        return people.get("/api/requests", account(who))
                .body()
                .get("requests")
                .valueStream()
                .toList();
    }

    private static String account(String who) {
        return "team?sub=" + who;
    }

    private static String address(String who) {
        return who + "@demo.example";
    }

    private ConfigurableApplicationContext intake(Postgres postgres, String schema, int edition) {
        return intake(postgres, schema, edition, desk.desk().bootstrapServers());
    }

    private ConfigurableApplicationContext intake(
            Postgres postgres, String schema, int edition, String bootstrapServers) {
        return IntakeService.start(
                "--server.port=" + port,
                "--guichet.policy=demo",
                "--guichet.attachments.folder=" + folder.resolve("attachments"),
                "--guichet.requests.url=" + postgres.jdbcUrl(),
                "--guichet.requests.password=",
                "--guichet.requests.schema=" + schema,
                "--guichet.requests.edition=" + edition,
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                "--spring.kafka.properties.schema.registry.url=" + desk.desk().registryUrl(),
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + desk.desk().identity(),
                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri="
                        + desk.desk().identity()
                        + "/.well-known/jwks.json");
    }
}
