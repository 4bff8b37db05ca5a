package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.description.DescribedDoor;
import guichet.chassis.description.DescribedDoor.Reply;
import guichet.chassis.description.DescriptionContract;
import guichet.chassis.description.DoorDescription.Operation;
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
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The description of the agents' door is true. */
@OverHttp
class DescriptionTest extends DescriptionContract {

    @Autowired OpenApiWebMvcResource controllers;
    @Autowired Browser browser;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Desk desk;

    DescriptionTest() {
        super("openapi/routing.yaml", 3, 9);
    }

    @BeforeEach
    void aDeskThatAgrees() throws IOException {
        log.reset();
        log.react(event -> answer(event, OfferOutcome.TAKEN, OfferOutcome.DECLINED));
        clock.set("2020-01-06T10:00:00Z");
        desk.hold("chat-1", Channel.CHAT, "person-7");
        desk.hold("ticket-1", Channel.WEB, "person-7");
        describe(
                controllers.openapiJson(
                        new MockHttpServletRequest(), "/v3/api-docs", Locale.ENGLISH),
                browser.uri("/"),
                Map.of(
                        "contactId", "c-1",
                        "number", "1",
                        "POST /api/offers/{id}/accept id", "c-1%2F1",
                        "POST /api/offers/{id}/decline id", "c-1%2F1",
                        "POST /api/contacts/{id}/solved id", "ticket-1",
                        "GET /api/contacts/{id}/holder id", "held-1",
                        "GET /api/contacts/{id}/position id", "waiting-1",
                        "id", "chat-1"));
    }

    @Override
    protected InMemoryEventLog log() {
        return log;
    }

    @Override
    protected List<Operation> calls() {
        return description.operations().stream()
                .filter(it -> !it.path().equals("/api/agents/me/offers"))
                .toList();
    }

    private void answer(SpecificRecord event, OfferOutcome accepted, OfferOutcome declined) {
        switch (event) {
            case OfferAccepted it ->
                    desk.tell(Desk.closed(it.getAgentId(), it.getOfferId(), accepted));
            case OfferDeclined it ->
                    desk.tell(Desk.closed(it.getAgentId(), it.getOfferId(), declined));
            default -> {}
        }
    }

    @Test
    void givesALimitOfRoomThatHolds() {
        Operation status = description.operation("PUT", "/api/agents/me/status");
        Map<String, Object> tooMuch =
                Map.of(
                        "presence",
                        "AWAY",
                        "languages",
                        List.of("en"),
                        "capacity",
                        Map.of("WEB", 101));

        assertThat(send(status, tooMuch, it -> it).status()).isEqualTo(400);
    }

    @Test
    void saysHowAnswersToOffersFail() {
        log.react(event -> answer(event, OfferOutcome.EXPIRED, OfferOutcome.EXPIRED));

        for (Operation answer : description.operations()) {
            if (answer.path().startsWith("/api/offers/{id}")) {
                assertThat(call(answer, token(answer)).status()).isEqualTo(409);
                assertThat(
                                elsewhere("c-1")
                                        .call(answer, token(answer), "", null, it -> it)
                                        .status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void saysHowStepsOfContactsFail() {
        for (String last : List.of("answered", "ended", "solved")) {
            Operation step = description.operation("POST", "/api/contacts/{id}/" + last);
            assertThat(elsewhere("none").call(step, token(step), "", null, it -> it).status())
                    .isEqualTo(404);
            if (!last.equals("answered")) {
                String misfit = last.equals("ended") ? "ticket-1" : "chat-1";
                assertThat(elsewhere(misfit).call(step, token(step), "", null, it -> it).status())
                        .isEqualTo(409);
            }
        }
        for (String last : List.of("holder", "position")) {
            Operation question = description.operation("GET", "/api/contacts/{id}/" + last);
            assertThat(
                            elsewhere("none")
                                    .call(question, token(question), "", null, it -> it)
                                    .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void saysWhereAStreamCanBegin() {
        Operation stream = description.operation("GET", "/api/agents/me/offers");
        long known = desk.tell(Desk.offer("person-7", "c-2/1"));

        try (EventWindow window = browser.open(Tokens.withScope("agent"), known)) {
            assertThat(window.response().statusCode()).isEqualTo(200);
            assertThat(window.response().headers().firstValue("Cache-Control"))
                    .contains("no-store");
            assertThat(window.response().headers().firstValue("X-Accel-Buffering")).contains("no");
        }
        assertThat(begin(stream, "no number").status()).isEqualTo(400);
        desk.tell(Desk.offer("person-7", "c-3/1"));
        desk.forget();
        assertThat(begin(stream, Long.toString(known)).status()).isEqualTo(410);
    }

    private Reply begin(Operation stream, String lastEventId) {
        return send(stream, null, header("Last-Event-ID", lastEventId));
    }

    /** The door, asked about another thing. */
    private DescribedDoor elsewhere(String id) {
        return new DescribedDoor(description, browser.uri("/"), Map.of("id", id));
    }
}
