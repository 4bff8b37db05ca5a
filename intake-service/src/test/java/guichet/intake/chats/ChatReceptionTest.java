package guichet.intake.chats;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.intake.Callers;
import guichet.intake.contacts.FirstWords;
import guichet.intake.contacts.Outcome;
import guichet.intake.contacts.Outcome.Accepted;
import guichet.intake.contacts.Outcome.Closed;
import guichet.intake.contacts.Requester;
import guichet.policy.Channel;
import guichet.policy.Impact;
import guichet.policy.Language;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.UUID;

class ChatReceptionTest {

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final ChatReception chats = new ChatReception();

    @ParameterizedTest(name = "{0} until {1}")
    @CsvSource({
        "BASIC,      2026-11-24T21:15:00Z",
        "TEAM,       2026-11-24T21:15:00Z",
        "AGENCY,     2026-11-24T21:05:00Z",
        "ENTERPRISE, 2026-11-24T21:05:00Z",
    })
    void t2AndT4PromiseAResponseWithinMinutesWhileOpen(Plan plan, Instant due) {
        Outcome outcome = decide(plan, "en", "2026-11-24T21:00:00Z");

        assertThat(outcome).isInstanceOf(Accepted.class);
        assertThat(((Accepted) outcome).answer().respondBy()).isEqualTo(due);
    }

    @ParameterizedTest(name = "{0} {1} at {2}: again at {3}")
    @CsvSource({
        "BASIC,      en, 2026-11-25T01:00:00Z, 2026-11-25T20:00:00Z",
        "BASIC,      en, 2026-11-27T23:59:00Z, ''",
        "BASIC,      en, 2026-11-28T02:00:00Z, 2026-11-30T20:00:00Z",
        "BASIC,      pt, 2026-11-24T15:30:00Z, 2026-11-24T17:00:00Z",
        "BASIC,      es, 2026-11-24T22:00:00Z, 2026-11-25T12:00:00Z",
        "AGENCY,     en, 2026-11-24T16:30:00Z, 2026-11-24T17:00:00Z",
        "AGENCY,     en, 2026-11-25T09:00:00Z, ''",
        "ENTERPRISE, en, 2026-11-29T09:00:00Z, ''",
    })
    void c6RefusesWithTheNextOpeningWhileClosed(
            Plan plan, String language, String at, String opening) {
        Outcome outcome = decide(plan, language, at);

        if (opening.isEmpty()) {
            assertThat(outcome).isInstanceOf(Accepted.class);
        } else {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Closed.class,
                            closed -> assertThat(closed.nextOpening()).isEqualTo(opening));
        }
    }

    @Test
    void c6SaysTheNextOpeningInTheCustomersWordsAndTheLinesZone() {
        Outcome outcome = decide(Plan.BASIC, "pt-BR", "2026-11-24T22:00:00Z");

        assertThat(outcome)
                .isEqualTo(
                        new Closed(
                                Channel.CHAT,
                                Language.PT,
                                Instant.parse("2026-11-25T12:00:00Z"),
                                "quarta-feira, 25 de novembro de 2026 09:00 Horário de Brasília"));
    }

    @Test
    void s2PromisesNoTimeToAChatThatIsOutOfScope() {
        ChatRequest request =
                new ChatRequest(
                        Requester.of(Callers.on(Plan.BASIC)),
                        new FirstWords(
                                Impact.LOW, "en", "legal-advice", "May I use this picture?", null));

        Outcome outcome =
                chats.decide(
                        new UUID(7, 7), request, policy, Instant.parse("2026-11-24T21:00:00Z"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> {
                            assertThat(accepted.answer().respondBy()).isNull();
                            assertThat(accepted.answer().message()).contains("outside");
                        });
    }

    @Test
    void theSameRequestIdAndInstantGiveTheSameOutcome() {
        Outcome once = decide(Plan.TEAM, "en", "2026-11-24T21:00:00Z");
        Outcome again = decide(Plan.TEAM, "en", "2026-11-24T21:00:00Z");

        assertThat(again).isEqualTo(once);
    }

    private Outcome decide(Plan plan, String language, String at) {
        ChatRequest request =
                new ChatRequest(
                        Requester.of(Callers.on(plan)),
                        new FirstWords(Impact.NORMAL, language, null, "Where is the menu?", null));
        return chats.decide(new UUID(7, 7), request, policy, Instant.parse(at));
    }
}
