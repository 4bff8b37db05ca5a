package guichet.intake.http;

import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.Channel;
import guichet.events.ClosureAnnounced;
import guichet.intake.Noticeboard;
import guichet.schemas.Topics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

@OverHttp
class ClosuresOverHttpTest {

    /** Wednesday: half past noon Pacific, half past five in the afternoon in São Paulo. */
    private static final String NOW = "2026-11-25T20:30:00Z";

    private static final Consumer<HttpHeaders> SUPERVISOR =
            token(Tokens.of("supervisor-1", "supervisor"));

    private static final Map<String, Object> DRILL =
            Map.of(
                    "startsAt", "2026-11-25T20:30:00Z",
                    "endsAt", "2026-11-25T20:45:00Z",
                    "reason", "A fire drill");

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Noticeboard noticeboard;

    @BeforeEach
    void whileAllLanguagesAreOpen() {
        log.reset();
        log.react(event -> announced(event));
        clock.set(NOW);
    }

    @AfterEach
    void takeEverythingDown() {
        noticeboard.clear();
        log.reset();
    }

    @Test
    void h6AnnouncesAClosureOfChatAndPhone() {
        var response = intake.post("/api/closures", DRILL, SUPERVISOR);

        assertThat(response.status()).as(response.text()).isEqualTo(201);
        String id = response.body().get("id").stringValue();
        assertThat(response.headers().getLocation()).hasToString("/api/closures/" + id);
        assertThat(response.body().get("channels").toString()).isEqualTo("[\"CHAT\",\"PHONE\"]");
        assertThat(response.body().get("endsAt").stringValue()).isEqualTo("2026-11-25T20:45:00Z");
        var written = log.appended().getFirst();
        assertThat(written.topic()).isEqualTo(Topics.CLOSURES);
        assertThat(written.at()).isEqualTo(NOW);
        assertThat(written.event())
                .isEqualTo(
                        ClosureAnnounced.newBuilder()
                                .setClosureId(id)
                                .setAnnouncedAt(Instant.parse(NOW))
                                .setStartsAt(Instant.parse("2026-11-25T20:30:00Z"))
                                .setEndsAt(Instant.parse("2026-11-25T20:45:00Z"))
                                .setChannels(List.of(Channel.CHAT, Channel.PHONE))
                                .setLanguages(List.of())
                                .setReason("A fire drill")
                                .setAnnouncedBy("supervisor-1")
                                .build());
    }

    @Test
    void h6ShutsOnlyTheChannelAndTheLanguagesThatAreNamed() {
        var response =
                intake.post(
                        "/api/closures",
                        Map.of(
                                "startsAt", "2026-11-25T20:30:00Z",
                                "endsAt", "2026-11-25T20:45:00Z",
                                "channels", List.of("phone"),
                                "languages", List.of("pt-BR", "es"),
                                "reason", "A fire drill"),
                        SUPERVISOR);

        assertThat(response.status()).as(response.text()).isEqualTo(201);
        ClosureAnnounced event = (ClosureAnnounced) log.appended().getFirst().event();
        assertThat(event.getChannels()).containsExactly(Channel.PHONE);
        assertThat(event.getLanguages()).containsExactly("pt", "es");
    }

    @Test
    void h5RefusesToShutTheWebForm() {
        var response =
                intake.post(
                        "/api/closures",
                        Map.of(
                                "startsAt", "2026-11-25T20:30:00Z",
                                "endsAt", "2026-11-25T20:45:00Z",
                                "channels", List.of("CHAT", "WEB"),
                                "reason", "A fire drill"),
                        SUPERVISOR);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.message("channels[1]")).contains("the web form stays open");
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void namesEveryFaultyField() {
        var response =
                intake.post(
                        "/api/closures",
                        Map.of(
                                "startsAt", "soon",
                                "channels", List.of("FAX"),
                                "languages", List.of("fr"),
                                "reason", "x".repeat(201),
                                "colour", "red"),
                        SUPERVISOR);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().get("errors").size()).isEqualTo(6);
        assertThat(response.message("startsAt")).contains("ISO 8601");
        assertThat(response.message("endsAt")).isEqualTo("is required");
        assertThat(response.message("channels[0]")).isEqualTo("must be CHAT or PHONE");
        assertThat(response.message("languages[0]")).isEqualTo("must be one of en, pt, es");
        assertThat(response.message("reason")).contains("at most 200 characters");
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void h6TheSameClosureAnnouncedTwiceIsOne() {
        var first = intake.post("/api/closures", DRILL, SUPERVISOR);
        clock.set("2026-11-25T20:30:07Z");
        var again = intake.post("/api/closures", DRILL, SUPERVISOR);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(intake.get("/api/closures", SUPERVISOR).body().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    en | live chat is closed just now     | Wednesday, November 25, 2026, 12:45 PM Pacific Time
                    pt | o chat está fechado neste momento | quarta-feira, 25 de novembro de 2026 17:45 Horário de Brasília
                    es | el chat está cerrado             | miércoles, 25 de noviembre de 2026, 17:45 hora de Brasilia
                    """)
    void c6RefusesChatsDuringAnAnnouncedClosureUntilItIsCalledOff(
            String language, String closed, String opening) {
        Map<String, String> chat = Map.of("language", language);
        String id = intake.post("/api/closures", DRILL, SUPERVISOR).body().get("id").stringValue();

        var refused = intake.post("/api/chats", chat, token(Tokens.customer()));
        var calledOff = intake.delete("/api/closures/" + id, SUPERVISOR);
        noticeboard.callOff(id);
        var taken = intake.post("/api/chats", chat, token(Tokens.customer()));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").stringValue()).contains(closed, opening);
        assertThat(refused.body().get("nextOpening").stringValue())
                .isEqualTo("2026-11-25T20:45:00Z");
        assertThat(calledOff.status()).isEqualTo(204);
        assertThat(log.retracted())
                .containsExactly(
                        new InMemoryEventLog.Retracted(Topics.CLOSURES, id, Instant.parse(NOW)));
        assertThat(taken.status()).isEqualTo(201);
    }

    @Test
    void c6RefusesCallbacksAndTakesTicketsDuringAnAnnouncedClosure() {
        intake.post("/api/closures", DRILL, SUPERVISOR);

        var callback =
                intake.post(
                        "/api/callbacks",
                        Map.of("language", "en", "phoneNumber", "+14155552671"),
                        token(Tokens.customer()));
        var ticket =
                intake.post(
                        "/api/tickets",
                        Map.of("impact", "LOW", "language", "en", "description", "How?"),
                        token(Tokens.customer()));

        assertThat(callback.status()).isEqualTo(409);
        assertThat(callback.body().get("nextOpening").stringValue())
                .isEqualTo("2026-11-25T20:45:00Z");
        assertThat(ticket.status()).isEqualTo(201);
    }

    @Test
    void t2PromisesAChatAfterTheClosureThatComesBetween() {
        noticeboard.announce(Noticeboard.closure("2026-11-25T20:40:00Z", "2026-11-25T20:50:00Z"));

        var chat = intake.post("/api/chats", Map.of("language", "en"), token(Tokens.customer()));

        assertThat(chat.body().get("respondBy").stringValue()).isEqualTo("2026-11-25T20:55:00Z");
    }

    @Test
    void h6ListsTheClosuresThatStandAndAreNotOver() {
        noticeboard.announce(Noticeboard.closure("2026-11-26T21:00:00Z", "2026-11-26T22:00:00Z"));
        noticeboard.announce(Noticeboard.closure("2026-11-25T20:00:00Z", "2026-11-25T21:00:00Z"));
        noticeboard.announce(Noticeboard.closure("2026-11-25T19:00:00Z", "2026-11-25T20:30:00Z"));
        noticeboard.announce(Noticeboard.closure("2026-11-27T21:00:00Z", "2026-11-27T22:00:00Z"));
        noticeboard.callOff("drill-2026-11-27T21:00:00Z");

        var listed = intake.get("/api/closures", SUPERVISOR);

        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.body().valueStream())
                .extracting(closure -> closure.get("startsAt").stringValue())
                .containsExactly("2026-11-25T20:00:00Z", "2026-11-26T21:00:00Z");
    }

    @Test
    void callsOffNothingThatIsUnknown() {
        var unknown = intake.delete("/api/closures/none", SUPERVISOR);

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.headers().getContentType()).hasToString("application/problem+json");
        assertThat(unknown.body().get("type").stringValue())
                .isEqualTo("urn:guichet:problem:unknown-closure");
        assertThat(log.retracted()).isEmpty();
    }

    @Test
    void h6CallsOffAClosureWhoseNewAnnouncementHasNotBeenReadHereYet() {
        String id = intake.post("/api/closures", DRILL, SUPERVISOR).body().get("id").stringValue();
        noticeboard.callOff(id);
        log.react(event -> {});
        intake.post("/api/closures", DRILL, SUPERVISOR);

        var calledOff = intake.delete("/api/closures/" + id, SUPERVISOR);

        assertThat(calledOff.status()).isEqualTo(204);
        assertThat(log.retracted())
                .containsExactly(
                        new InMemoryEventLog.Retracted(Topics.CLOSURES, id, Instant.parse(NOW)));
    }

    @Test
    void answers503WhileKafkaIsAway() {
        noticeboard.announce(Noticeboard.closure("2026-11-25T20:00:00Z", "2026-11-25T21:00:00Z"));
        log.goAway();

        isUnavailable(intake.post("/api/closures", DRILL, SUPERVISOR));
        isUnavailable(intake.delete("/api/closures/drill-2026-11-25T20:00:00Z", SUPERVISOR));
    }

    @Test
    void c6PromisesNoChatWhileNobodyKnowsWhichClosuresStand() {
        noticeboard.forget();

        isUnavailable(intake.post("/api/chats", Map.of(), token(Tokens.customer())));
        isUnavailable(
                intake.post("/api/chats", Map.of(), token(Tokens.customer()), Intake.key("c-1")));
        isUnavailable(intake.get("/api/closures", SUPERVISOR));
        isUnavailable(intake.delete("/api/closures/none", SUPERVISOR));
        assertThat(log.appended()).isEmpty();
        assertThat(intake.get("/api/hours").status()).isEqualTo(200);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void notesWhoAnnouncedAndCalledOffAndNothingElseAboutThem(CapturedOutput output) {
        String id = intake.post("/api/closures", DRILL, SUPERVISOR).body().get("id").stringValue();
        intake.delete("/api/closures/" + id, SUPERVISOR);

        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains(id))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("supervisor-1"))
                .anySatisfy(line -> assertThat(line).contains("Announced a closure"))
                .anySatisfy(line -> assertThat(line).contains("Called a closure off"));
        assertThat(output.getAll()).doesNotContain("ana@example.com", "Ana Prado");
    }

    private void announced(Object event) {
        if (event instanceof ClosureAnnounced closure) {
            noticeboard.announce(closure);
        }
    }

    private static void isUnavailable(Intake.Response response) {
        assertThat(response.status()).as(response.text()).isEqualTo(503);
        assertThat(response.headers().getFirst("Retry-After")).isNotBlank();
        assertThat(response.headers().getContentType()).hasToString("application/problem+json");
    }
}
