package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.description.AccessTable;
import guichet.chassis.description.AccessTable.Cell;
import guichet.chassis.door.EventWindow;
import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.Channel;
import guichet.events.OfferAccepted;
import guichet.events.OfferDeclined;
import guichet.events.OfferOutcome;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.util.Optional;
import java.util.stream.Stream;

@OverHttp
class AccessTest {

    private static final String STREAM = "/api/agents/me/offers";

    private static final String STATUS =
            """
            {"presence": "AVAILABLE", "languages": ["en"]}
            """;

    /**
     * Callers as at intake. "other" is an agent who has none of the contacts; a customer may see
     * where a contact stands, as nobody can guess an id.
     */
    private static final AccessTable TABLE =
            AccessTable.of(
                    """
                            visitor basic team agent other supervisor channel expired endless nameless elsewhere forged misled
            PUT  /api/agents/me/status                       401 403 403 204 204 403 403 401 401 401 401 401 401
            POST /api/agents/me/seen                         401 403 403 204 204 403 403 401 401 401 401 401 401
            GET  /api/agents/me/offers                       401 403 403 200 200 403 403 401 401 401 401 401 401
            GET  /api/agents/me/contacts                     401 403 403 200 200 403 403 401 401 401 401 401 401
            POST /api/offers/{id}/accept                     401 403 403 200 200 403 403 401 401 401 401 401 401
            POST /api/offers/{contactId}/{number}/accept     401 403 403 200 200 403 403 401 401 401 401 401 401
            POST /api/offers/{id}/decline                    401 403 403 200 200 403 403 401 401 401 401 401 401
            POST /api/offers/{contactId}/{number}/decline    401 403 403 200 200 403 403 401 401 401 401 401 401
            POST /api/contacts/{id}/answered                 401 403 403 204 404 403 403 401 401 401 401 401 401
            POST /api/contacts/{id}/ended                    401 403 403 204 404 403 403 401 401 401 401 401 401
            POST /api/contacts/{id}/solved                   401 403 403 204 404 403 403 401 401 401 401 401 401
            GET  /api/contacts/{id}/holder                   401 403 403 200 404 403 403 401 401 401 401 401 401
            GET  /api/contacts/{id}/position                 401 200 200 200 200 200 403 401 401 401 401 401 401
            GET  /api/queues                                 401 403 403 200 200 200 403 401 401 401 401 401 401
            GET  /api/openapi                                200 200 200 200 200 200 200 401 401 401 401 401 401
            """);

    @Autowired Browser browser;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Desk desk;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @BeforeEach
    void aDeskThatAgrees() {
        log.reset();
        clock.set("2020-01-06T10:00:00Z");
        log.react(this::agree);
        desk.hold("chat-1", Channel.CHAT, "person-7");
        desk.hold("ticket-1", Channel.WEB, "person-7");
    }

    private void agree(SpecificRecord event) {
        switch (event) {
            case OfferAccepted it ->
                    desk.tell(Desk.closed(it.getAgentId(), it.getOfferId(), OfferOutcome.TAKEN));
            case OfferDeclined it ->
                    desk.tell(Desk.closed(it.getAgentId(), it.getOfferId(), OfferOutcome.DECLINED));
            default -> {}
        }
    }

    @Test
    void theTableHasEveryEndpoint() {
        assertThat(TABLE.endpoints()).isEqualTo(AccessTable.mapped(mapping));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void letsIn(Cell cell) {
        var response = call(cell);

        assertThat(response.status()).as(response.text()).isEqualTo(cell.status());
        if (cell.status() >= 400) {
            isProblem(response);
            assertThat(log.appended()).isEmpty();
        }
        if (cell.status() == 401 || cell.status() == 403) {
            assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer");
        }
    }

    static Stream<Cell> letsIn() {
        return TABLE.cells().filter(cell -> !cell.path().equals(STREAM));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void letsInToTheStream(Cell cell) {
        try (var window =
                EventWindow.open(
                        browser.uri(STREAM), token(cell.caller()).orElse(""), Optional.empty())) {
            assertThat(window.response().statusCode()).isEqualTo(cell.status());
            assertThat(window.response().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(
                            cell.status() == 200
                                    ? "text/event-stream"
                                    : "application/problem+json");
        }
    }

    static Stream<Cell> letsInToTheStream() {
        return TABLE.cells().filter(cell -> cell.path().equals(STREAM));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "agent,  GET,    /api/agents/me,              403",
        "agent,  GET,    /api/agents/other/offers,    403",
        "agent,  PUT,    /api/agents/other/status,    403",
        "agent,  POST,   /api/contacts/chat-1/stolen, 403",
        "agent,  GET,    /actuator/env,               403",
        "agent,  DELETE, /api/agents/me/status,       405",
        "agent,  GET,    /api/contacts/chat-1/ended,  405",
        "agent,  POST,   /api/offers/c-1/accept,      404",
        "visitor, GET,   /actuator/env,               401"
    })
    void everythingElseIsClosed(String caller, String method, String path, int status) {
        var response = browser.send(method, path, token(caller), "");

        assertThat(response.status()).as(response.text()).isEqualTo(status);
        isProblem(response);
    }

    @ParameterizedTest
    @CsvSource({"/actuator/health/liveness", "/actuator/prometheus"})
    void healthAndMetricsAreOpen(String path) {
        assertThat(browser.send("GET", path, Optional.empty(), "").status()).isEqualTo(200);
    }

    private static void isProblem(Browser.Response response) {
        assertThat(response.type()).isEqualTo("application/problem+json");
        assertThat(response.body().get("status").intValue()).isEqualTo(response.status());
    }

    private Browser.Response call(Cell cell) {
        String path =
                cell.path()
                        .replace("{contactId}/{number}", "c-1/1")
                        .replace("offers/{id}", "offers/c-1%2F1")
                        .replace("{id}/solved", "ticket-1/solved")
                        .replace("{id}/holder", "held-1/holder")
                        .replace("{id}/position", "waiting-1/position")
                        .replace("{id}", "chat-1");
        return browser.send(
                cell.method(),
                path,
                token(cell.caller()),
                cell.path().endsWith("status") ? STATUS : "");
    }

    private static Optional<String> token(String caller) {
        return switch (caller) {
            case "visitor" -> Optional.empty();
            case "basic" -> Optional.of(Tokens.customer("BASIC"));
            case "team" -> Optional.of(Tokens.customer("TEAM"));
            case "other" -> Optional.of(Tokens.of("person-8", "agent"));
            case "expired" -> Optional.of(Tokens.expired("agent"));
            case "endless" -> Optional.of(Tokens.withoutEnd("agent"));
            case "nameless" -> Optional.of(Tokens.withoutSubject("agent"));
            case "elsewhere" -> Optional.of(Tokens.ofAnotherIssuer("agent"));
            case "forged" -> Optional.of(Tokens.forged("agent"));
            case "misled" -> Optional.of(Tokens.forAnotherAudience("agent"));
            default -> Optional.of(Tokens.withScope(caller));
        };
    }
}
