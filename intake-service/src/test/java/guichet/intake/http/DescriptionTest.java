package guichet.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.description.CommittedFile;
import guichet.chassis.description.DescribedDoor;
import guichet.chassis.description.DescribedDoor.Reply;
import guichet.chassis.description.DoorDescription;
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
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The description of the door is true: the service is called by it. */
@OverHttp
class DescriptionTest {

    private static final AnnouncedClosure CLOSURE =
            Noticeboard.closure("2026-12-01T08:00:00Z", "2026-12-01T09:00:00Z");

    private static final Consumer<HttpHeaders> CUSTOMER =
            headers -> headers.setBearerAuth(Tokens.withScope("customer"));

    private static final String SCHEMA = TestDatabase.schema();

    /** What a call needs beyond what the description calls required. */
    private static final Map<String, String> QUERIES = Map.of("/api/guidance", "topic=billing");

    @Autowired OpenApiWebMvcResource controllers;
    @Autowired ServletWebServerApplicationContext service;
    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Noticeboard noticeboard;

    private DoorDescription description;
    private DescribedDoor door;

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
        byte[] found =
                controllers.openapiJson(
                        new MockHttpServletRequest(), "/v3/api-docs", Locale.ENGLISH);
        try (InputStream written = DescriptionTest.class.getResourceAsStream("openapi.yaml")) {
            description = DoorDescription.of(found, written);
        }
        door =
                new DescribedDoor(
                        description,
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
    void isCommittedAsControllersAndHandHaveIt() {
        CommittedFile.inDocs("openapi/intake.yaml").mustSay(description.document());
    }

    @Test
    void isServedToAnyone() throws IOException {
        assertThat(intake.get("/api/openapi").text())
                .isEqualTo(Files.readString(Path.of("..", "docs", "openapi", "intake.yaml")));
        assertThat(intake.get("/api/asyncapi").text())
                .isEqualTo(Files.readString(Path.of("..", "docs", "asyncapi.yaml")));
    }

    @Test
    void namesEveryFieldThatIsReadAndNoOther() {
        assertThat(door.forms()).hasSize(8);
        for (Operation form : door.forms()) {
            assertThat(door.fields(form, token(form)))
                    .as("%s", form)
                    .isEqualTo(DescribedDoor.described(form));
        }
    }

    @Test
    void givesExamplesThatAreTakenAndAnsweredAsItSays() {
        for (Operation operation : description.operations()) {
            for (Reply reply : goodCalls(operation)) {
                assertThat(reply.status()).as(reply.text()).isEqualTo(operation.welcome());
            }
        }
    }

    @Test
    void givesLimitsThatHold() {
        for (Operation form : withBody()) {
            door.overLimits(form)
                    .forEach(
                            (field, body) -> {
                                Reply reply = door.call(form, token(form), "", body, it -> it);
                                assertThat(reply.status()).as("%s %s", form, field).isEqualTo(400);
                                assertThat(reply.text()).contains("\"field\":\"" + field);
                            });
        }
    }

    @Test
    void saysHowCallersWhoMayNotAreRefused() {
        for (Operation operation : description.operations()) {
            assertThat(call(operation, Optional.of("not.a.token")).status()).isEqualTo(401);
            if (!operation.isOpen()) {
                assertThat(call(operation, Optional.empty()).status()).isEqualTo(401);
            }
            if (!operation.scopes().isEmpty()) {
                assertThat(call(operation, Optional.of(Tokens.withScope("channel"))).status())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void saysHowBodiesThatCannotBeTakenAreRefused() {
        for (Operation form : withBody()) {
            String huge = "{\"description\": \"%s\"}".formatted("x".repeat(600_000));
            assertThat(door.call(form, token(form), "", huge, it -> it).status()).isEqualTo(413);
            assertThat(door.call(form, token(form), "", "no JSON", it -> it).status())
                    .isEqualTo(400);
            assertThat(
                            door.call(
                                            form,
                                            token(form),
                                            "",
                                            Map.of(),
                                            it -> it.setHeader("Content-Type", "text/plain"))
                                    .status())
                    .isEqualTo(415);
        }
    }

    @Test
    void saysWhoCannotReadTheAnswer() {
        for (Operation operation : description.operations()) {
            if (operation.statuses().contains(406)) {
                Reply reply =
                        door.call(
                                operation,
                                token(operation),
                                QUERIES.getOrDefault(operation.path(), ""),
                                operation.examples().stream().findFirst().orElse(null),
                                it -> it.setHeader("Accept", "image/png"));
                assertThat(reply.status()).as("%s", operation).isEqualTo(406);
            }
        }
    }

    @Test
    void saysWhatIsAnsweredWhileTheLogIsAway() {
        log.goAway();

        assertThat(description.operations().stream().filter(it -> !it.method().equals("GET")))
                .hasSize(7)
                .allSatisfy(
                        operation ->
                                assertThat(call(operation, token(operation)).status())
                                        .isEqualTo(503));
    }

    @Test
    void saysWhatIsAnsweredWhileTheLogIsFull() {
        log.fill();

        assertThat(description.operations().stream().filter(it -> !it.method().equals("GET")))
                .hasSize(7)
                .allSatisfy(
                        operation ->
                                assertThat(call(operation, token(operation)).status())
                                        .isEqualTo(429));
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
            door.call(
                    tickets,
                    token(tickets),
                    "",
                    example,
                    it -> it.setHeader("Idempotency-Key", "described"));
        }
        noticeboard.clear();

        assertThat(
                        door.call(
                                        tickets,
                                        token(tickets),
                                        "",
                                        tickets.examples().getFirst(),
                                        it -> it.setHeader("Idempotency-Key", "not visible"))
                                .status())
                .isEqualTo(400);
        assertThat(
                        door.call(
                                        tickets,
                                        token(tickets),
                                        "",
                                        tickets.examples().getLast(),
                                        it -> it.setHeader("Idempotency-Key", "described"))
                                .status())
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

    private List<Operation> withBody() {
        return description.operations().stream().filter(it -> it.body().isPresent()).toList();
    }

    private List<Reply> goodCalls(Operation operation) {
        return operation.examples().isEmpty()
                ? List.of(call(operation, token(operation)))
                : operation.examples().stream()
                        .map(body -> door.call(operation, token(operation), "", body, it -> it))
                        .toList();
    }

    private Reply call(Operation operation, Optional<String> token) {
        return door.call(
                operation,
                token,
                QUERIES.getOrDefault(operation.path(), ""),
                operation.examples().stream().findFirst().orElse(null),
                it -> it);
    }

    private static Optional<String> token(Operation operation) {
        return operation.scopes().stream().findFirst().map(Tokens::withScope);
    }
}
