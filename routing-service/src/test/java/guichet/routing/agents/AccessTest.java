package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.Channel;
import guichet.events.OfferAccepted;
import guichet.events.OfferDeclined;
import guichet.events.OfferOutcome;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

@OverHttp
class AccessTest {

    private static final String STATUS =
            """
            {"presence": "AVAILABLE", "languages": ["en"]}
            """;

    private record Call(String method, String path, String body, int welcome) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final List<Call> CALLS =
            List.of(
                    new Call("PUT", "/api/agents/me/status", STATUS, 204),
                    new Call("POST", "/api/offers/c-1/1/accept", "", 200),
                    new Call("POST", "/api/offers/c-1/1/decline", "", 200),
                    new Call("POST", "/api/contacts/chat-1/answered", "", 204),
                    new Call("POST", "/api/contacts/chat-1/ended", "", 204),
                    new Call("POST", "/api/contacts/ticket-1/solved", "", 204));

    @Autowired Browser browser;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Desk desk;

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

    @ParameterizedTest(name = "{0} may {1}: {2}")
    @MethodSource
    void onlyAgentsComeIn(String caller, Call call, int status) {
        var response = browser.send(call.method(), call.path(), token(caller), call.body());

        assertThat(response.status()).as(response.text()).isEqualTo(status);
        if (status >= 400) {
            isProblem(response);
            assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer");
            assertThat(log.appended()).isEmpty();
        } else {
            assertThat(log.appended()).hasSize(1);
        }
    }

    static Stream<Arguments> onlyAgentsComeIn() {
        return CALLS.stream()
                .flatMap(
                        call ->
                                Stream.of(
                                        Arguments.of("agent", call, call.welcome()),
                                        Arguments.of("supervisor", call, 403),
                                        Arguments.of("customer", call, 403),
                                        Arguments.of("nobody", call, 401),
                                        Arguments.of("expired", call, 401),
                                        Arguments.of("forged", call, 401),
                                        Arguments.of("nameless", call, 401)));
    }

    @ParameterizedTest(name = "{0} may open the stream: {1}")
    @CsvSource({
        "agent,      200",
        "supervisor, 403",
        "customer,   403",
        "expired,    401",
        "forged,     401",
        "nameless,   401"
    })
    void onlyAgentsOpenTheStream(String caller, int status) {
        try (var window = browser.open(token(caller).orElseThrow())) {
            assertThat(window.response().statusCode()).isEqualTo(status);
            assertThat(window.response().headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(status == 200 ? "text/event-stream" : "application/problem+json");
        }
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
        "nobody, GET,    /api/agents/me/offers,       401",
        "nobody, GET,    /actuator/env,               401"
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

    private static Optional<String> token(String caller) {
        return switch (caller) {
            case "nobody" -> Optional.empty();
            case "expired" -> Optional.of(Tokens.expired("agent"));
            case "forged" -> Optional.of(Tokens.forged("agent"));
            case "nameless" -> Optional.of(Tokens.withoutSubject("agent"));
            default -> Optional.of(Tokens.withScope(caller));
        };
    }
}
