package guichet.intake.http;

import static guichet.intake.http.Intake.key;
import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.InMemoryEventLog.Appended;
import guichet.chassis.door.LogUnavailable;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.CallbackRequested;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.EndedBy;
import guichet.events.ResponseDueChanged;
import guichet.intake.TestDatabase;
import guichet.intake.requests.ReadTopics;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** My requests (C3), over a real PostgreSQL; each test has a customer of its own. */
@OverHttp
class RequestsOverHttpTest {

    private static final String SCHEMA = TestDatabase.schema();

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired ReadTopics topics;

    private final String ana = Tokens.of("ana-" + UUID.randomUUID(), "customer");
    private final String bo = Tokens.of("bo-" + UUID.randomUUID(), "customer");

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry settings) {
        settings.add("guichet.requests.url", TestDatabase::url);
        settings.add("guichet.requests.schema", () -> SCHEMA);
    }

    @BeforeEach
    void onATuesdayAfternoon() {
        log.reset();
        clock.set("2026-11-24T21:00:00Z");
    }

    @Test
    void c3ShowsARequestToItsSenderAtOnceWhereTheLocationSays() {
        var taken =
                intake.post(
                        "/api/chats",
                        Map.of("language", "en", "question", "Where is the menu?"),
                        token(ana));

        JsonNode listed = intake.get("/api/requests", token(ana)).body().get("requests").get(0);
        var shown = intake.get(taken.headers().getLocation().toString(), token(ana));

        assertThat(listed.get("id")).isEqualTo(taken.body().get("id"));
        assertThat(listed.get("channel").stringValue()).isEqualTo("CHAT");
        assertThat(listed.get("state").stringValue()).isEqualTo("WAITING");
        assertThat(listed.get("language").stringValue()).isEqualTo("en");
        assertThat(listed.get("subject").stringValue()).isEqualTo("Where is the menu?");
        assertThat(listed.get("createdAt").stringValue()).isEqualTo("2026-11-24T21:00:00Z");
        assertThat(listed.get("respondBy")).isEqualTo(taken.body().get("respondBy"));
        assertThat(listed.get("copied").booleanValue()).isFalse();
        assertThat(listed.has("timeline")).isFalse();
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.headers().getFirst("Content-Language")).isEqualTo("en");
        assertThat(shown.body().get("timeline").get(0).get("text").stringValue())
                .isEqualTo("We have your request.");
    }

    @Test
    void c6AContactThatStandsInTheLogIsNotRefusedWhenItIsAskedForAgainAfterClosing() {
        Map<String, String> chat = Map.of("language", "en");
        log.react(
                event -> {
                    topics.read(event);
                    throw new LogUnavailable(null);
                });
        assertThat(intake.post("/api/chats", chat, token(ana), key("chat")).status())
                .isEqualTo(503);
        ChatStarted first = (ChatStarted) log.appended().getFirst().event();
        log.reset();
        clock.set("2026-11-25T02:00:00Z");

        var again = intake.post("/api/chats", chat, token(ana), key("chat"));

        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.body().get("id").stringValue()).isEqualTo(first.getContactId());
        assertThat(again.body().get("respondBy").stringValue()).isEqualTo("2026-11-24T21:15:00Z");
        assertThat(log.appended()).extracting(Appended::event).containsExactly(first);
        assertThat(intake.get("/api/requests", token(ana)).body().get("requests")).hasSize(1);
        assertThat(intake.post("/api/chats", chat, token(ana)).status()).isEqualTo(409);
        assertThat(intake.post("/api/chats", chat, token(ana), key("another")).status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    en | We have your request.        | Tuesday, November 24, 2026, 1:30 PM Pacific Time | An agent has answered.
                    pt | Recebemos o seu pedido.      | terça-feira, 24 de novembro de 2026 18:30        | Um agente respondeu.
                    es | Hemos recibido su solicitud. | martes, 24 de noviembre de 2026, 18:30           | Un agente ha respondido.
                    """)
    void c3TellsTheTimelineInTheCustomersLanguage(
            String language, String created, String moved, String answered) {
        clock.set("2026-11-24T20:30:00Z");
        String id = chat(language, ana);
        Instant asked = clock.instant();
        topics.read(
                ResponseDueChanged.newBuilder()
                        .setContactId(id)
                        .setChangedAt(asked.plusSeconds(60))
                        .setChannel(guichet.events.Channel.CHAT)
                        .setLanguage(language)
                        .setPreviousDue(asked.plusSeconds(900))
                        .setDue(asked.plusSeconds(3_600))
                        .setOpenMillis(900_000)
                        .setPolicyVersion("v")
                        .build());
        topics.read(new ChatAnswered(id, asked.plusSeconds(120), "agent-1"));

        var shown = intake.get("/api/requests/" + id, token(ana));

        assertThat(shown.headers().getFirst("Content-Language")).isEqualTo(language);
        assertThat(shown.body().get("state").stringValue()).isEqualTo("ANSWERED");
        assertThat(shown.body().get("respondBy").stringValue()).isEqualTo("2026-11-24T21:30:00Z");
        List<String> texts =
                shown.body()
                        .get("timeline")
                        .valueStream()
                        .map(step -> step.get("text").stringValue())
                        .toList();
        assertThat(texts).hasSize(3).startsWith(created).endsWith(answered);
        assertThat(texts.get(1)).contains(moved);
    }

    @Test
    void c3ShowsCopiedRequestsToWhoIsCopiedAndToNobodyElse() {
        String someone = UUID.randomUUID().toString();
        String id =
                intake.post(
                                "/api/tickets",
                                Map.of(
                                        "impact",
                                        "LOW",
                                        "description",
                                        "How?",
                                        "email",
                                        "bo@example.com",
                                        "cc",
                                        List.of("Cy." + someone + "@example.com")),
                                token(bo))
                        .body()
                        .get("id")
                        .stringValue();
        String cy = Tokens.of("cy", "customer", "cy." + someone + "@EXAMPLE.com");

        var copied = intake.get("/api/requests/" + id, token(cy));
        var others = intake.get("/api/requests/" + id, token(ana));
        var none = intake.get("/api/requests/" + UUID.randomUUID(), token(ana));

        assertThat(copied.body().get("copied").booleanValue()).isTrue();
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:unknown-request");
        assertThat(withoutInstance(others, id)).isEqualTo(withoutInstance(none, ""));
        assertThat(intake.delete("/api/requests/" + id, token(cy)).status()).isEqualTo(404);
    }

    @Test
    void c3PagesNewestFirst() {
        for (int second = 0; second < 5; second++) {
            clock.set("2026-11-24T21:00:0%dZ".formatted(second));
            chat("en", ana);
        }

        var first = intake.get("/api/requests?limit=2", token(ana)).body();
        var second =
                intake.get(
                                "/api/requests?limit=2&cursor=" + first.get("next").stringValue(),
                                token(ana))
                        .body();
        var third =
                intake.get(
                                "/api/requests?limit=2&cursor=" + second.get("next").stringValue(),
                                token(ana))
                        .body();

        assertThat(first.get("requests").get(0).get("createdAt").stringValue())
                .isEqualTo("2026-11-24T21:00:04Z");
        assertThat(second.get("requests").get(0).get("createdAt").stringValue())
                .isEqualTo("2026-11-24T21:00:02Z");
        assertThat(third.get("requests")).hasSize(1);
        assertThat(third.get("next").isNull()).isTrue();
    }

    @Test
    void c4GuidanceTellsHowLongThoseWaitedWhomAgentsTookOfLate() {
        clock.set("2026-11-25T20:30:00Z");
        String id = chat("pt", ana);
        clock.set("2026-11-25T20:33:00Z");
        topics.read(new ContactAssigned(id, "offer-1", "agent-1", clock.instant()));

        var channels = intake.get("/api/guidance?topic=how-to&language=pt").body().get("channels");

        assertThat(channels.get(1).get("channel").stringValue()).isEqualTo("CHAT");
        assertThat(channels.get(1).get("recentWaitSeconds").intValue()).isEqualTo(180);
        assertThat(channels.get(2).get("recentWaitSeconds").isNull()).isTrue();
    }

    @Test
    void c3FiltersByStateAndChannelAndNamesAFaultyParameter() {
        String id = chat("en", ana);
        chat("en", ana);
        topics.read(new ChatAnswered(id, clock.instant(), "agent-1"));

        assertThat(requests("/api/requests?state=ANSWERED", ana)).hasSize(1);
        assertThat(requests("/api/requests?channel=CHAT", ana)).hasSize(2);
        assertThat(requests("/api/requests?channel=PHONE", ana)).isEmpty();
        var faulty = intake.get("/api/requests?state=LOST&cursor=x&limit=0", token(ana));
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.message("state")).contains("WAITING");
        assertThat(faulty.message("cursor")).contains("'next'");
        assertThat(faulty.message("limit")).contains("100");
    }

    @Test
    void e1LinksAConversationAndItsTicketBothWays() {
        String id = chat("en", ana);
        topics.read(
                new ContactConverted(
                        id,
                        "ticket-of-" + id,
                        guichet.events.Channel.CHAT,
                        "en",
                        "agent-1",
                        clock.instant(),
                        clock.instant(),
                        "v",
                        List.of()));

        var shown = intake.get("/api/requests/" + id, token(ana)).body();

        assertThat(shown.get("state").stringValue()).isEqualTo("CONVERTED");
        assertThat(shown.get("convertedTo").stringValue()).isEqualTo("ticket-of-" + id);
    }

    @Test
    void c4LetsACustomerTakeBackAWaitingChat() {
        String id = chat("en", ana);

        var first = intake.delete("/api/requests/" + id, token(ana));
        var again = intake.delete("/api/requests/" + id, token(ana));

        assertThat(first.status()).isEqualTo(204);
        assertThat(again.status()).isEqualTo(204);
        assertThat(log.appended())
                .filteredOn(appended -> appended.event() instanceof ChatEnded)
                .singleElement()
                .extracting(appended -> ((ChatEnded) appended.event()).getEndedBy())
                .isEqualTo(EndedBy.CUSTOMER);
        assertThat(intake.get("/api/requests/" + id, token(ana)).body().get("state").stringValue())
                .isEqualTo("WITHDRAWN");
        assertThat(intake.delete("/api/requests/" + id, token(bo)).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "en, An agent has answered already",
        "pt, Um agente já respondeu",
        "es, Un agente ya ha respondido",
    })
    void whatHasBeenAnsweredCannotBeTakenBack(String language, String title) {
        clock.set("2026-11-24T20:30:00Z");
        String id = chat(language, ana);
        topics.read(new ChatAnswered(id, clock.instant(), "agent-1"));

        var refused = intake.delete("/api/requests/" + id, token(ana));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.headers().getFirst("Content-Language")).isEqualTo(language);
        assertThat(refused.body().get("title").stringValue()).isEqualTo(title);
    }

    @Test
    void aTicketCannotBeTakenBackAndItsSenderIsToldWhatToDo() {
        String id =
                intake.post(
                                "/api/tickets",
                                Map.of("impact", "LOW", "description", "How?"),
                                token(ana))
                        .body()
                        .get("id")
                        .stringValue();

        var refused = intake.delete("/api/requests/" + id, token(ana));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").stringValue()).contains("we close the ticket");
    }

    @Test
    void aWithdrawalThatTheLogDoesNotConfirmIsAnsweredWith503() {
        String id = chat("en", ana);
        log.goAway();

        var refused = intake.delete("/api/requests/" + id, token(ana));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers().getFirst("Retry-After")).isNotBlank();
    }

    @Test
    void c5LetsASecondRequestForANumberJoinTheOneThatWaits() {
        topics.callbacksToTheirEnd();
        var first = callback(ana);
        clock.set("2026-11-24T21:02:00Z");
        topics.callbacksToTheirEnd();

        var second = callback(ana);
        var another = callback(bo);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body().get("id")).isEqualTo(first.body().get("id"));
        assertThat(second.body().get("respondBy")).isEqualTo(first.body().get("respondBy"));
        assertThat(second.body().get("message").stringValue()).contains("already");
        assertThat(another.body().get("id")).isNotEqualTo(first.body().get("id"));
        assertThat(requests("/api/requests", ana)).hasSize(1);
        assertThat(log.appended())
                .extracting(appended -> ((CallbackRequested) appended.event()).getContactId())
                .startsWith(
                        first.body().get("id").stringValue(), first.body().get("id").stringValue());
    }

    @Test
    void c5AndS2LetASecondRequestOutOfScopeJoinTheFirstOfItsKind() {
        topics.callbacksToTheirEnd();
        var first = callback(ana, "legal-advice");
        clock.set("2026-11-24T21:02:00Z");
        topics.callbacksToTheirEnd();

        var second = callback(ana, "legal-advice");
        var inScope = callback(ana);
        var third = callback(ana);

        assertThat(second.status()).as(second.text()).isEqualTo(201);
        assertThat(second.body().get("id")).isEqualTo(first.body().get("id"));
        assertThat(second.body().get("respondBy").isNull()).isTrue();
        assertThat(second.body().get("message").stringValue()).contains("outside");
        assertThat(inScope.body().get("id")).isNotEqualTo(first.body().get("id"));
        assertThat(inScope.body().get("respondBy").isNull()).isFalse();
        assertThat(third.body().get("id")).isEqualTo(inScope.body().get("id"));
    }

    @Test
    void c5ACallThatWasTakenBackIsNotJoined() {
        topics.callbacksToTheirEnd();
        String first = callback(ana).body().get("id").stringValue();
        intake.delete("/api/requests/" + first, token(ana));

        assertThat(callback(ana).body().get("id").stringValue()).isNotEqualTo(first);
    }

    private Intake.Response callback(String caller) {
        return callback(caller, "outage");
    }

    private Intake.Response callback(String caller, String topic) {
        return intake.post(
                "/api/callbacks",
                Map.of("language", "en", "phoneNumber", "+14155552671", "topic", topic),
                token(caller));
    }

    private String chat(String language, String caller) {
        var response = intake.post("/api/chats", Map.of("language", language), token(caller));
        assertThat(response.status()).as(response.text()).isEqualTo(201);
        return response.body().get("id").stringValue();
    }

    private List<JsonNode> requests(String path, String caller) {
        return intake.get(path, token(caller)).body().get("requests").valueStream().toList();
    }

    private static String withoutInstance(Intake.Response response, String id) {
        return response.text().replaceAll("\"instance\":\"[^\"]*\"", "").replace(id, "");
    }
}
