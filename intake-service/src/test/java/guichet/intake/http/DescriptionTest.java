package guichet.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.description.DescriptionContract;
import guichet.chassis.description.DoorDescription.Operation;
import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.TicketCreated;
import guichet.intake.Noticeboard;
import guichet.intake.TestDatabase;
import guichet.policy.AnnouncedClosure;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The description of the customers' door is true. */
@OverHttp
class DescriptionTest extends DescriptionContract {

    private static final AnnouncedClosure CLOSURE =
            Noticeboard.closure("2026-12-01T08:00:00Z", "2026-12-01T09:00:00Z");

    private static final Consumer<HttpHeaders> CUSTOMER =
            headers -> headers.setBearerAuth(Tokens.withScope("customer"));

    private static final String SCHEMA = TestDatabase.schema();

    @Autowired OpenApiWebMvcResource controllers;
    @Autowired ServletWebServerApplicationContext service;
    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Noticeboard noticeboard;

    DescriptionTest() {
        super("openapi/intake.yaml", 8, 7);
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry settings) {
        settings.add("guichet.requests.url", TestDatabase::url);
        settings.add("guichet.requests.schema", () -> SCHEMA);
    }

    @BeforeEach
    void whileEnglishLinesAreOpen() throws IOException {
        log.reset();
        clock.set("2026-11-24T21:00:00Z");
        noticeboard.clear();
        noticeboard.announce(CLOSURE);
        describe(
                controllers.openapiJson(
                        new MockHttpServletRequest(), "/v3/api-docs", Locale.ENGLISH),
                URI.create("http://localhost:" + service.getWebServer().getPort()),
                Map.of(
                        "DELETE /api/closures/{id} id",
                        CLOSURE.id(),
                        "id",
                        waitingChat(),
                        "ticket",
                        ticketWithFile(),
                        "attachment",
                        file()));
    }

    @Override
    protected InMemoryEventLog log() {
        return log;
    }

    @Override
    protected String query(Operation operation) {
        return operation.path().equals("/api/guidance") ? "topic=billing" : "";
    }

    private String waitingChat() {
        return intake.post("/api/chats", "{}", CUSTOMER).body().get("id").stringValue();
    }

    private String ticketWithFile() {
        return intake.post(
                        "/api/tickets",
                        new Intake.FormBody()
                                .field("name", "Ana Prado")
                                .field("email", "ana@example.com")
                                .field("impact", "LOW")
                                .field("description", "How do I add a page?")
                                .file("steps.txt", "Sign in.".getBytes(UTF_8)),
                        CUSTOMER)
                .body()
                .get("id")
                .stringValue();
    }

    private String file() {
        return ((TicketCreated) log.appended().getLast().event())
                .getAttachments()
                .getFirst()
                .getAttachmentId();
    }

    @Test
    void servesTheDescriptionOfTheTopicsToAnyone() throws IOException {
        assertThat(intake.get("/api/asyncapi").text())
                .isEqualTo(Files.readString(Path.of("..", "docs", "asyncapi.yaml")));
    }

    @Test
    void c6_saysHowAClosedLineIsTold() {
        clock.set("2026-11-28T21:00:00Z");

        for (String path : List.of("/api/chats", "/api/callbacks")) {
            Operation line = description.operation("POST", path);
            assertThat(call(line, token(line)).status()).isEqualTo(409);
        }
    }

    @Test
    void saysHowAReusedKeyIsRefusedAndAnUnknownClosure() {
        Operation tickets = description.operation("POST", "/api/tickets");
        for (Object example : tickets.examples()) {
            send(tickets, example, header("Idempotency-Key", "described"));
        }
        noticeboard.clear();
        Object other = tickets.examples().getLast();

        assertThat(send(tickets, other, header("Idempotency-Key", "not visible")).status())
                .isEqualTo(400);
        assertThat(send(tickets, other, header("Idempotency-Key", "described")).status())
                .isEqualTo(422);
        Operation callOff = description.operation("DELETE", "/api/closures/{id}");
        assertThat(call(callOff, token(callOff)).status()).isEqualTo(404);
    }

    @Test
    void c3_saysHowOneIsRefusedWhoHasNoSuchRequest() {
        Optional<String> stranger = Optional.of(Tokens.of("a-stranger", "customer"));

        for (Operation operation : description.operations()) {
            if (operation.path().startsWith("/api/requests/")) {
                assertThat(call(operation, stranger).status()).isEqualTo(404);
            }
        }
    }
}
