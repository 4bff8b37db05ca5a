package guichet.intake.http;

import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

import java.util.UUID;
import java.util.function.Consumer;

@OverHttp
class AccessOverHttpTest {

    private static final String TICKET =
            """
            {"name": "Ana", "email": "ana@example.com", "impact": "LOW", "description": "How?"}
            """;
    private static final String CLOSURE =
            """
            {"startsAt": "2026-11-24T22:00:00Z", "endsAt": "2026-11-24T23:00:00Z", "reason": "A drill"}
            """;
    private static final String CHAT = "{\"language\": \"en\"}";
    private static final String CALLBACK =
            "{\"language\": \"en\", \"phoneNumber\": \"+14155552671\"}";

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;

    @BeforeEach
    void whileEnglishLinesAreOpen() {
        log.reset();
        clock.set("2026-11-24T21:00:00Z");
    }

    @ParameterizedTest(name = "{0} posts {1}: {2}")
    @CsvSource({
        "nobody,     /api/tickets,   201",
        "customer,   /api/tickets,   201",
        "agent,      /api/tickets,   403",
        "supervisor, /api/tickets,   403",
        "expired,    /api/tickets,   401",
        "forged,     /api/tickets,   401",
        "nameless,   /api/tickets,   401",
        "nobody,     /api/chats,     401",
        "customer,   /api/chats,     201",
        "agent,      /api/chats,     403",
        "supervisor, /api/chats,     403",
        "expired,    /api/chats,     401",
        "nobody,     /api/callbacks, 401",
        "customer,   /api/callbacks, 201",
        "agent,      /api/callbacks, 403",
        "supervisor, /api/callbacks, 403",
        "forged,     /api/callbacks, 401",
        "nobody,     /api/requests,  401",
        "customer,   /api/requests,  405",
        "agent,      /api/requests,  403",
        "supervisor, /api/anything,  403",
    })
    void t4LetsIn(String caller, String path, int status) {
        var response =
                intake.post(
                        path,
                        switch (path) {
                            case "/api/chats" -> CHAT;
                            case "/api/callbacks" -> CALLBACK;
                            default -> TICKET;
                        },
                        headers -> identify(caller, headers));

        assertThat(response.status()).as(response.text()).isEqualTo(status);
        if (status >= 400) {
            assertThat(response.headers().getContentType()).hasToString("application/problem+json");
            assertThat(response.body().get("status").intValue()).isEqualTo(status);
            if (status != 405) {
                assertThat(response.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                        .startsWith("Bearer");
            }
            assertThat(log.appended()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} announces: {1}, asks: {2}, calls off: {3}")
    @CsvSource({
        "nobody,     401, 401, 401",
        "customer,   403, 403, 403",
        "agent,      403, 403, 403",
        "supervisor, 201, 200, 404",
        "expired,    401, 401, 401",
        "forged,     401, 401, 401",
        "nameless,   401, 401, 401",
    })
    void h6LetsOnlySupervisorsToClosures(String caller, int announced, int asked, int calledOff) {
        Consumer<HttpHeaders> who = headers -> identify(caller, headers);

        assertThat(intake.post("/api/closures", CLOSURE, who).status()).isEqualTo(announced);
        assertThat(intake.get("/api/closures", who).status()).isEqualTo(asked);
        assertThat(intake.delete("/api/closures/none", who).status()).isEqualTo(calledOff);
        assertThat(log.appended()).hasSize(announced == 201 ? 1 : 0);
        assertThat(log.retracted()).isEmpty();
    }

    @ParameterizedTest(name = "{0} downloads: {1}")
    @CsvSource({
        "nobody,     401",
        "customer,   404",
        "agent,      404",
        "supervisor, 403",
        "expired,    401",
        "forged,     401",
        "nameless,   401",
    })
    void c1LetsCustomersAndAgentsToAttachments(String caller, int status) {
        String none = new UUID(7, 7).toString();

        var response =
                intake.get(
                        "/api/requests/" + none + "/attachments/" + none,
                        headers -> identify(caller, headers));

        assertThat(response.status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0} asks for hours and guidance: {1}")
    @CsvSource({
        "nobody,     200",
        "customer,   200",
        "agent,      200",
        "supervisor, 200",
        "expired,    401",
        "forged,     401",
    })
    void h1AndS1LetAnyoneAsk(String caller, int status) {
        Consumer<HttpHeaders> who = headers -> identify(caller, headers);

        assertThat(intake.get("/api/hours", who).status()).isEqualTo(status);
        assertThat(intake.get("/api/guidance?topic=billing", who).status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/actuator/health/liveness, 200",
        "/actuator/health/readiness, 200",
        "/actuator/prometheus, 200",
        "/actuator/env, 401"
    })
    void healthAndMetricsAreOpenAndNothingElse(String path, int status) {
        assertThat(intake.get(path).status()).isEqualTo(status);
    }

    @Test
    void metricsTellOfContacts() {
        intake.post("/api/chats", CHAT, token(Tokens.customer()));

        assertThat(intake.get("/actuator/prometheus").text())
                .contains("guichet_intake_contacts_total")
                .contains("channel=\"CHAT\"");
    }

    private static void identify(String caller, HttpHeaders headers) {
        switch (caller) {
            case "nobody" -> {}
            case "expired" -> headers.setBearerAuth(Tokens.expired("customer"));
            case "forged" -> headers.setBearerAuth(Tokens.forged("customer"));
            case "nameless" -> headers.setBearerAuth(Tokens.withoutSubject("customer"));
            default -> headers.setBearerAuth(Tokens.withScope(caller));
        }
    }
}
