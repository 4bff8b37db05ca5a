package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.description.CommittedFile;
import guichet.chassis.description.DescribedDoor;
import guichet.chassis.description.DescribedDoor.Reply;
import guichet.chassis.description.DoorDescription;
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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The description of the door is true: the service is called by it. */
@OverHttp
class DescriptionTest {

    @Autowired OpenApiWebMvcResource controllers;
    @Autowired Browser browser;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Desk desk;

    private DoorDescription description;
    private DescribedDoor door;

    @BeforeEach
    void aDeskThatAgrees() throws IOException {
        log.reset();
        log.react(event -> answer(event, OfferOutcome.TAKEN, OfferOutcome.DECLINED));
        clock.set("2020-01-06T10:00:00Z");
        desk.hold("chat-1", Channel.CHAT, "person-7");
        desk.hold("ticket-1", Channel.WEB, "person-7");
        byte[] found =
                controllers.openapiJson(
                        new MockHttpServletRequest(), "/v3/api-docs", Locale.ENGLISH);
        try (InputStream written = DescriptionTest.class.getResourceAsStream("openapi.yaml")) {
            description = DoorDescription.of(found, written);
        }
        door =
                new DescribedDoor(
                        description,
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
    void isCommittedAsControllersAndHandHaveIt() {
        CommittedFile.inDocs("openapi/routing.yaml").mustSay(description.document());
    }

    @Test
    void isServedToAnyone() throws IOException {
        assertThat(browser.send("GET", "/api/openapi", Optional.empty(), "").text())
                .isEqualTo(Files.readString(Path.of("..", "docs", "openapi", "routing.yaml")));
    }

    @Test
    void namesEveryFieldThatIsReadAndNoOther() {
        assertThat(door.forms()).hasSize(3);
        for (Operation form : door.forms()) {
            assertThat(door.fields(form, token(form)))
                    .as("%s", form)
                    .isEqualTo(DescribedDoor.described(form));
        }
    }

    @Test
    void givesExamplesThatAreTakenAndAnsweredAsItSays() {
        for (Operation operation : calls()) {
            List<Object> bodies = operation.examples();
            if (bodies.isEmpty()) {
                assertThat(call(operation, token(operation)).status())
                        .as("%s", operation)
                        .isEqualTo(operation.welcome());
            }
            for (Object body : bodies) {
                assertThat(door.call(operation, token(operation), "", body, it -> it).status())
                        .isEqualTo(operation.welcome());
            }
        }
    }

    @Test
    void givesLimitsThatHold() {
        for (Operation form : door.forms()) {
            door.overLimits(form)
                    .forEach(
                            (field, body) -> {
                                Reply reply = door.call(form, token(form), "", body, it -> it);
                                assertThat(reply.status()).as("%s %s", form, field).isEqualTo(400);
                                assertThat(reply.text()).contains("\"field\":\"" + field);
                            });
        }
        Operation status = description.operation("PUT", "/api/agents/me/status");
        Map<String, Object> tooMuch =
                Map.of(
                        "presence",
                        "AWAY",
                        "languages",
                        List.of("en"),
                        "capacity",
                        Map.of("WEB", 101));
        assertThat(door.call(status, token(status), "", tooMuch, it -> it).status()).isEqualTo(400);
    }

    @Test
    void saysHowCallersWhoMayNotAreRefused() {
        for (Operation operation : description.operations()) {
            assertThat(call(operation, Optional.of("not.a.token")).status()).isEqualTo(401);
            if (!operation.isOpen()) {
                assertThat(call(operation, Optional.empty()).status()).isEqualTo(401);
                assertThat(call(operation, Optional.of(Tokens.withScope("channel"))).status())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void saysHowBodiesThatCannotBeTakenAreRefused() {
        for (Operation form : door.forms()) {
            String huge = "{\"reason\": \"%s\"}".formatted("x".repeat(600_000));
            assertThat(door.call(form, token(form), "", huge, it -> it).status()).isEqualTo(413);
            assertThat(door.call(form, token(form), "", "no JSON", it -> it).status())
                    .isEqualTo(400);
        }
        Operation status = description.operation("PUT", "/api/agents/me/status");
        assertThat(
                        door.call(
                                        status,
                                        token(status),
                                        "",
                                        Map.of(),
                                        it -> it.setHeader("Content-Type", "text/plain"))
                                .status())
                .isEqualTo(415);
    }

    @Test
    void saysWhoCannotReadTheAnswer() {
        for (Operation operation : calls()) {
            if (operation.statuses().contains(406)) {
                Reply reply =
                        door.call(
                                operation,
                                token(operation),
                                "",
                                null,
                                it -> it.setHeader("Accept", "image/png"));
                assertThat(reply.status()).as("%s", operation).isEqualTo(406);
            }
        }
    }

    @Test
    void saysWhatIsAnsweredWhileTheLogIsAway() {
        log.goAway();

        assertThat(description.operations().stream().filter(it -> !it.method().equals("GET")))
                .hasSize(9)
                .allSatisfy(
                        operation ->
                                assertThat(call(operation, token(operation)).status())
                                        .isEqualTo(503));
    }

    @Test
    void saysWhatIsAnsweredWhileTheLogIsFull() {
        log.fill();

        assertThat(description.operations().stream().filter(it -> !it.method().equals("GET")))
                .hasSize(9)
                .allSatisfy(
                        operation ->
                                assertThat(call(operation, token(operation)).status())
                                        .isEqualTo(429));
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
        }
        assertThat(begin(stream, "no number").status()).isEqualTo(400);
        desk.tell(Desk.offer("person-7", "c-3/1"));
        desk.forget();
        assertThat(begin(stream, Long.toString(known)).status()).isEqualTo(410);
    }

    private Reply begin(Operation stream, String lastEventId) {
        return door.call(
                stream, token(stream), "", null, it -> it.setHeader("Last-Event-ID", lastEventId));
    }

    /** The door, asked about another thing. */
    private DescribedDoor elsewhere(String id) {
        return new DescribedDoor(description, browser.uri("/"), Map.of("id", id));
    }

    private List<Operation> calls() {
        return description.operations().stream()
                .filter(it -> !it.path().equals("/api/agents/me/offers"))
                .toList();
    }

    private Reply call(Operation operation, Optional<String> token) {
        return door.call(
                operation,
                token,
                "",
                operation.examples().stream().findFirst().orElse(null),
                it -> it);
    }

    private static Optional<String> token(Operation operation) {
        return operation.scopes().stream().findFirst().map(Tokens::withScope);
    }
}
