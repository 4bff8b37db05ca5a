package guichet.intake.http;

import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.description.AccessTable;
import guichet.chassis.description.AccessTable.Cell;
import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.intake.Noticeboard;
import guichet.intake.TestDatabase;
import guichet.policy.AnnouncedClosure;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Every endpoint and every kind of caller. */
@OverHttp
class AccessOverHttpTest {

    /**
     * A channel system has no business here: it writes to Kafka. "endless" has a token that does
     * not expire, "nameless" one without a subject; "elsewhere" one of another issuer, "forged" one
     * of another key, "misled" one that is meant for another service.
     */
    private static final AccessTable TABLE =
            AccessTable.of(
                    """
                              visitor basic team agent supervisor channel expired endless nameless elsewhere forged misled
            POST   /api/tickets        201 201 201 403 403 403 401 401 401 401 401 401
            POST   /api/chats          401 201 201 403 403 403 401 401 401 401 401 401
            POST   /api/callbacks      401 201 201 403 403 403 401 401 401 401 401 401
            GET    /api/hours          200 200 200 200 200 200 401 401 401 401 401 401
            GET    /api/guidance       200 200 200 200 200 200 401 401 401 401 401 401
            GET    /api/closures       401 403 403 403 200 403 401 401 401 401 401 401
            POST   /api/closures       401 403 403 403 201 403 401 401 401 401 401 401
            DELETE /api/closures/{id}  401 403 403 403 204 403 401 401 401 401 401 401
            GET    /api/erasures       401 403 403 403 200 403 401 401 401 401 401 401
            POST   /api/erasures       401 403 403 403 202 403 401 401 401 401 401 401
            GET    /api/requests       401 200 200 403 403 403 401 401 401 401 401 401
            GET    /api/requests/{id}  401 404 404 403 403 403 401 401 401 401 401 401
            DELETE /api/requests/{id}  401 404 404 403 403 403 401 401 401 401 401 401
            GET    /api/requests/{ticket}/attachments/{attachment} 401 404 404 404 403 403 401 401 401 401 401 401
            GET    /api/openapi        200 200 200 200 200 200 401 401 401 401 401 401
            GET    /api/asyncapi       200 200 200 200 200 200 401 401 401 401 401 401
            """);

    private static final AnnouncedClosure CLOSURE =
            Noticeboard.closure("2026-12-01T08:00:00Z", "2026-12-01T09:00:00Z");

    private static final String SCHEMA = TestDatabase.schema();
    private static final String UNKNOWN = new UUID(7, 7).toString();

    private static final String TICKET =
            """
            {"name": "Ana", "email": "ana@example.com", "impact": "LOW", "description": "How?"}
            """;
    private static final String ANNOUNCEMENT =
            """
            {"startsAt": "2026-11-24T22:00:00Z", "endsAt": "2026-11-24T23:00:00Z", "reason": "A drill"}
            """;
    private static final String CHAT = "{\"language\": \"en\"}";
    private static final String CALLBACK =
            "{\"language\": \"en\", \"phoneNumber\": \"+14155552671\"}";

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Noticeboard noticeboard;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry settings) {
        settings.add("guichet.requests.url", TestDatabase::url);
        settings.add("guichet.requests.schema", () -> SCHEMA);
    }

    @BeforeEach
    void whileEnglishLinesAreOpen() {
        log.reset();
        clock.set("2026-11-24T21:00:00Z");
        noticeboard.clear();
        noticeboard.announce(CLOSURE);
    }

    @Test
    void theTableHasEveryEndpoint() {
        assertThat(TABLE.endpoints()).isEqualTo(AccessTable.mapped(mapping));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void t4LetsIn(Cell cell) {
        var response = call(cell, headers -> identify(cell.caller(), headers));

        assertThat(response.status()).as(response.text()).isEqualTo(cell.status());
        if (cell.status() >= 400) {
            assertThat(response.headers().getContentType()).hasToString("application/problem+json");
            assertThat(response.body().get("status").intValue()).isEqualTo(cell.status());
            if (cell.status() != 404) {
                assertThat(response.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                        .startsWith("Bearer");
            }
            assertThat(log.appended()).isEmpty();
            assertThat(log.retracted()).isEmpty();
        }
    }

    static Stream<Cell> t4LetsIn() {
        return TABLE.cells();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "visitor,    /api/anything,       401",
        "basic,      /api/anything,       403",
        "supervisor, /api/anything,       403",
        "supervisor, /api/closures/1/2,   403",
        "supervisor, /api/erasures/1,     403",
        "basic,      /api/hours/,         403",
        "visitor,    /actuator/env,       401",
        "basic,      /actuator/env,       403",
        "visitor,    /v3/api-docs,        401"
    })
    void deniesWhateverIsNotListed(String caller, String path, int status) {
        var response = intake.get(path, headers -> identify(caller, headers));

        assertThat(response.status()).as(response.text()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus"})
    void healthAndMetricsAreOpen(String path) {
        assertThat(intake.get(path).status()).isEqualTo(200);
    }

    @Test
    void metricsTellOfContacts() {
        intake.post("/api/chats", CHAT, token(Tokens.customer()));

        assertThat(intake.get("/actuator/prometheus").text())
                .contains("guichet_intake_contacts_total")
                .contains("channel=\"CHAT\"");
    }

    private Intake.Response call(Cell cell, Consumer<HttpHeaders> who) {
        String known = cell.path().startsWith("/api/closures") ? CLOSURE.id() : UNKNOWN;
        String path = cell.path().replaceAll("\\{\\w+}", known);
        return switch (cell.method()) {
            case "GET" ->
                    intake.get(path.equals("/api/guidance") ? path + "?topic=billing" : path, who);
            case "POST" -> intake.post(path, body(path), who);
            case "DELETE" -> intake.delete(path, who);
            default -> throw new IllegalArgumentException(cell.method());
        };
    }

    private static String body(String path) {
        return switch (path) {
            case "/api/tickets" -> TICKET;
            case "/api/chats" -> CHAT;
            case "/api/callbacks" -> CALLBACK;
            case "/api/closures" -> ANNOUNCEMENT;
            case "/api/erasures" -> "{\"email\": \"ana@example.com\"}";
            default -> throw new IllegalArgumentException("what is posted to " + path + "?");
        };
    }

    private static void identify(String caller, HttpHeaders headers) {
        if (!caller.equals("visitor")) {
            headers.setBearerAuth(
                    switch (caller) {
                        case "basic" -> Tokens.customer("BASIC");
                        case "team" -> Tokens.customer("TEAM");
                        case "expired" -> Tokens.expired("customer supervisor");
                        case "endless" -> Tokens.withoutEnd("customer supervisor");
                        case "nameless" -> Tokens.withoutSubject("customer supervisor");
                        case "elsewhere" -> Tokens.ofAnotherIssuer("customer supervisor");
                        case "forged" -> Tokens.forged("customer supervisor");
                        case "misled" -> Tokens.forAnotherAudience("customer supervisor");
                        default -> Tokens.withScope(caller);
                    });
        }
    }
}
