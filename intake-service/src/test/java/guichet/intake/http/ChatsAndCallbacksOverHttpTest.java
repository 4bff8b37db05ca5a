package guichet.intake.http;

import static guichet.intake.http.Intake.key;
import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.CallbackRequested;
import guichet.events.ChatStarted;
import guichet.schemas.Topics;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

import java.util.List;
import java.util.Map;

@OverHttp
class ChatsAndCallbacksOverHttpTest {

    private static final String TUESDAY_1_PM_PACIFIC = "2026-11-24T21:00:00Z";
    private static final String TUESDAY_6_PM_PACIFIC = "2026-11-25T02:00:00Z";

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;

    @BeforeEach
    void onATuesdayAfternoon() {
        log.reset();
        clock.set(TUESDAY_1_PM_PACIFIC);
    }

    @Test
    void t2PromisesAChatWithinFifteenMinutes() {
        var response =
                intake.post(
                        "/api/chats",
                        Map.of("language", "en", "question", "Where is the menu?"),
                        token(Tokens.customer()));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().getFirst("Content-Language")).isEqualTo("en");
        assertThat(response.body().get("channel").stringValue()).isEqualTo("CHAT");
        assertThat(response.body().get("respondBy").stringValue())
                .isEqualTo("2026-11-24T21:15:00Z");
        assertThat(response.body().get("message").stringValue()).contains("1:15 PM Pacific Time");
        assertThat(log.appended().getFirst().topic()).isEqualTo(Topics.CHATS);
        ChatStarted event = (ChatStarted) log.appended().getFirst().event();
        assertThat(event.getCustomer().getCustomerId()).isEqualTo("person-7");
        assertThat(event.getQuestion()).isEqualTo("Where is the menu?");
        assertThat(event.getImpact()).isEqualTo(guichet.events.Impact.NORMAL);
    }

    @Test
    void c5TakesANumberOfAnyCountryAsE164() {
        var response =
                intake.post(
                        "/api/callbacks",
                        Map.of("phoneNumber", "+55 (11) 96123-4567", "language", "en"),
                        token(Tokens.customer()));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.body().get("channel").stringValue()).isEqualTo("PHONE");
        assertThat(response.body().get("respondBy").stringValue())
                .isEqualTo("2026-11-24T21:05:00Z");
        assertThat(log.appended().getFirst().topic()).isEqualTo(Topics.CALLBACKS);
        CallbackRequested event = (CallbackRequested) log.appended().getFirst().event();
        assertThat(event.getPhoneNumber()).isEqualTo("+5511961234567");
    }

    @Test
    void c5SaysWhatIsWrongWithANumberAndGivesAnExample() {
        var response =
                intake.post(
                        "/api/callbacks",
                        Map.of("phoneNumber", "+55 11 9612"),
                        token(Tokens.customer()));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.message("phoneNumber"))
                .startsWith("has too few digits in Brazil (+55); for example +55");
    }

    @Test
    void c6RefusesAChatWhileClosedWithTheNextOpeningAndTheTicketForm() {
        clock.set(TUESDAY_6_PM_PACIFIC);

        var response =
                intake.post(
                        "/api/chats",
                        Map.of("language", "en"),
                        token(Tokens.customer()),
                        headers -> headers.setAccept(List.of(MediaType.APPLICATION_JSON)));

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.headers().getContentType()).hasToString("application/problem+json");
        var problem = response.body();
        assertThat(problem.get("type").stringValue()).isEqualTo("urn:guichet:problem:closed");
        assertThat(problem.get("nextOpening").stringValue()).isEqualTo("2026-11-25T20:00:00Z");
        assertThat(problem.get("nextOpeningLocal").stringValue())
                .isEqualTo("Wednesday, November 25, 2026, 12:00 PM Pacific Time");
        assertThat(problem.get("alternative").stringValue()).isEqualTo("/api/tickets");
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void c6RefusesInTheCustomersLanguage() {
        clock.set("2026-11-24T23:00:00Z");

        var portuguese =
                intake.post("/api/chats", Map.of("language", "pt-BR"), token(Tokens.customer()));
        var spanish =
                intake.post(
                        "/api/callbacks",
                        Map.of("language", "es", "phoneNumber", "+34 912 34 56 78"),
                        token(Tokens.customer()));

        assertThat(portuguese.status()).isEqualTo(409);
        assertThat(portuguese.headers().getFirst("Content-Language")).isEqualTo("pt");
        assertThat(portuguese.body().get("detail").stringValue())
                .contains("o chat está fechado")
                .contains("quarta-feira, 25 de novembro de 2026 09:00 Horário de Brasília");
        assertThat(spanish.status()).isEqualTo(409);
        assertThat(spanish.body().get("title").stringValue())
                .isEqualTo("La atención por teléfono está cerrada");
        assertThat(spanish.body().get("detail").stringValue())
                .contains("miércoles, 25 de noviembre de 2026, 9:00 hora de Brasilia");
    }

    @Test
    void aRefusalIsNotRememberedForTheKey() {
        clock.set(TUESDAY_6_PM_PACIFIC);
        var refused =
                intake.post(
                        "/api/chats",
                        Map.of("language", "en"),
                        token(Tokens.customer()),
                        key("chat-1"));
        clock.set(TUESDAY_1_PM_PACIFIC);
        var taken =
                intake.post(
                        "/api/chats",
                        Map.of("language", "en"),
                        token(Tokens.customer()),
                        key("chat-1"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(taken.status()).isEqualTo(201);
    }

    @Test
    void aChatTakenBeforeClosingGetsTheSameAnswerAfterIt() {
        clock.set("2026-11-25T00:59:00Z");
        var first =
                intake.post(
                        "/api/chats",
                        Map.of("language", "en"),
                        token(Tokens.customer()),
                        key("chat-2"));
        clock.set("2026-11-25T01:01:00Z");
        var repeat =
                intake.post(
                        "/api/chats",
                        Map.of("language", "en"),
                        token(Tokens.customer()),
                        key("chat-2"));

        assertThat(repeat.status()).isEqualTo(201);
        assertThat(repeat.text()).isEqualTo(first.text());
    }
}
