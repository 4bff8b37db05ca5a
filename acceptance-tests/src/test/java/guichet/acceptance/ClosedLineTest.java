package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.intake.IntakeService;
import guichet.localstack.Ports;
import guichet.policy.SupportPolicy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** C6 under the support page's policy, but open on the day after tomorrow only. */
@OnTheWholeDesk
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClosedLineTest {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private final WholeDesk.Running desk;
    private final LocalDate opening = LocalDate.now(PACIFIC).plusDays(2);
    private ConfigurableApplicationContext intake;
    private Customers customers;

    ClosedLineTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @BeforeAll
    void openADoorOfItsOwn(@TempDir Path folder) throws IOException {
        int port = Ports.free().intake();
        intake =
                IntakeService.start(
                        "--server.port=" + port,
                        "--guichet.policy=" + policy(folder),
                        "--guichet.attachments.folder=" + folder.resolve("attachments"),
                        "--guichet.requests.password=",
                        "--spring.kafka.bootstrap-servers=" + desk.desk().bootstrapServers(),
                        "--spring.kafka.properties.schema.registry.url="
                                + desk.desk().registryUrl(),
                        "--spring.security.oauth2.resourceserver.jwt.issuer-uri="
                                + desk.desk().identity(),
                        "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri="
                                + desk.desk().identity()
                                + "/.well-known/jwks.json");
        customers = new Customers(URI.create("http://localhost:" + port), desk.desk().identity());
    }

    @AfterAll
    void close() {
        intake.close();
    }

    @Test
    void c6_aChatWhileClosedIsRefusedWithTheNextOpeningAndTheWebForm() {
        Customers.Reply reply =
                post("/api/chats", Map.of("language", "en", "question", "How do I add a page?"));

        assertThat(reply.status()).isEqualTo(409);
        assertThat(Instant.parse(reply.body().get("nextOpening").asString()))
                .isEqualTo(opening.atTime(12, 0).atZone(PACIFIC).toInstant());
        assertThat(reply.body().get("alternative").asString()).isEqualTo("/api/tickets");
    }

    @Test
    void t1_aTicketWhileClosedIsTakenAndDueAtTheCloseOfTheNextOpenDay() {
        Customers.Reply reply =
                post(
                        "/api/tickets",
                        Map.of(
                                "language",
                                "en",
                                "impact",
                                "LOW",
                                "description",
                                "How do I add a page?"));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(Instant.parse(reply.body().get("respondBy").asString()))
                .isEqualTo(opening.atTime(17, 0).atZone(PACIFIC).toInstant());
    }

    private Customers.Reply post(String path, Map<String, ?> body) {
        return customers.post(path, "basic", UUID.randomUUID().toString(), body);
    }

    private URI policy(Path folder) throws IOException {
        try (InputStream shipped = SupportPolicy.class.getResourceAsStream("support-page.yaml")) {
            String text = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
            String openLater =
                    text.replace(
                            "week: {mon-fri: [12:00-17:00]}",
                            "week: {%s: [12:00-17:00]}"
                                    .formatted(
                                            opening.getDayOfWeek()
                                                    .name()
                                                    .substring(0, 3)
                                                    .toLowerCase(Locale.ROOT)));
            assertThat(openLater).isNotEqualTo(text);
            return Files.writeString(folder.resolve("policy.yaml"), openLater).toUri();
        }
    }
}
