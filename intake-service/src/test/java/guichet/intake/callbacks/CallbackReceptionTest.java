package guichet.intake.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.CallbackRequested;
import guichet.intake.Callers;
import guichet.intake.contacts.FirstWords;
import guichet.intake.contacts.Outcome;
import guichet.intake.contacts.Outcome.Accepted;
import guichet.intake.contacts.Outcome.Closed;
import guichet.intake.contacts.Requester;
import guichet.policy.Impact;
import guichet.policy.Language;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class CallbackReceptionTest {

    private static final UUID FIRST = new UUID(1, 1);
    private static final Instant FIRST_AT = Instant.parse("2026-11-24T20:58:00Z");
    private static final Instant DUE = Instant.parse("2026-11-24T21:03:00Z");

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final CallbackReception callbacks =
            new CallbackReception((customer, number, at) -> Optional.empty());

    @Test
    void c5AndT3PutTheNumberInLineAndPromiseACallWithinFiveMinutes() {
        Outcome outcome = decide(Plan.BASIC, "2026-11-24T21:00:00Z");

        Accepted taken = (Accepted) outcome;
        assertThat(taken.answer().respondBy()).isEqualTo("2026-11-24T21:05:00Z");
        assertThat(((CallbackRequested) taken.event()).getPhoneNumber()).isEqualTo("+14155552671");
    }

    @Test
    void t4PromisesACallWithinTwoMinutesToPlansWithPriority() {
        Accepted taken = (Accepted) decide(Plan.ENTERPRISE, "2026-11-24T21:00:00Z");

        assertThat(taken.answer().respondBy()).isEqualTo("2026-11-24T21:02:00Z");
    }

    @Test
    void c6ClosesThePhoneAtNightForEveryPlan() {
        for (Plan plan : Plan.values()) {
            assertThat(decide(plan, "2026-11-25T09:00:00Z")).isInstanceOf(Closed.class);
        }
    }

    @Test
    void c5LetsASecondRequestForANumberJoinTheFirst() {
        Accepted joined = joined(DUE.minusSeconds(180));

        assertThat(joined.answer().id()).isEqualTo(FIRST.toString());
        assertThat(joined.answer().respondBy()).isEqualTo(DUE);
        assertThat(joined.answer().message()).startsWith("Ya está en la cola").contains("18:03");
        assertThat(joined.event())
                .isInstanceOfSatisfying(
                        CallbackRequested.class,
                        event -> {
                            assertThat(event.getContactId()).isEqualTo(FIRST.toString());
                            assertThat(event.getRequestedAt()).isEqualTo(FIRST_AT);
                        });
    }

    @Test
    void c5PromisesNoTimeThatHasPassedToWhoJoinsALateCall() {
        for (Instant late : List.of(DUE, DUE.plusSeconds(600))) {
            Accepted joined = joined(late);

            assertThat(joined.answer().respondBy()).isEqualTo(DUE);
            assertThat(joined.answer().message())
                    .startsWith("Ya está en la cola")
                    .contains("con retraso")
                    .doesNotContain("18:03");
        }
    }

    @Test
    void c5AndS2LetASecondRequestOutOfScopeJoinTheFirstAndPromiseNothing() {
        Accepted joined = asked("legal-advice", null, FIRST_AT.plusSeconds(60));

        assertThat(joined.answer().id()).isEqualTo(FIRST.toString());
        assertThat(joined.answer().respondBy()).isNull();
        assertThat(joined.answer().message()).contains("no podemos prometerle una llamada");
    }

    @Test
    void c5AndS2KeepACallInScopeWithItsDueApartFromOneThatHasNone() {
        Accepted apart = asked(null, null, FIRST_AT.plusSeconds(60));

        assertThat(apart.answer().id()).isNotEqualTo(FIRST.toString());
        assertThat(apart.answer().respondBy()).isNotNull();
    }

    private Accepted joined(Instant at) {
        return asked(null, DUE, at);
    }

    /** Where a call waits with a due, or none. */
    private Accepted asked(@Nullable String topic, @Nullable Instant due, Instant at) {
        CallbackReception busy =
                new CallbackReception(
                        (customer, number, again) ->
                                customer.equals("person-7") && number.equals("+14155552671")
                                        ? Optional.of(
                                                new WaitingCalls.Call(
                                                        FIRST,
                                                        Language.ES,
                                                        Plan.BASIC,
                                                        FIRST_AT,
                                                        due))
                                        : Optional.empty());
        return (Accepted) busy.decide(new UUID(7, 7), request(Plan.BASIC, topic), policy, at);
    }

    private Outcome decide(Plan plan, String at) {
        return callbacks.decide(new UUID(7, 7), request(plan, null), policy, Instant.parse(at));
    }

    private static CallbackRequest request(Plan plan, @Nullable String topic) {
        return new CallbackRequest(
                Requester.of(Callers.on(plan)),
                "+14155552671",
                new FirstWords(Impact.URGENT, "en", topic, null, null));
    }
}
