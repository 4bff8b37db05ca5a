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

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

class CallbackReceptionTest {

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
        Instant firstAt = Instant.parse("2026-11-24T20:58:00Z");
        Instant due = Instant.parse("2026-11-24T21:03:00Z");
        UUID first = new UUID(1, 1);
        CallbackReception busy =
                new CallbackReception(
                        (customer, number, at) ->
                                customer.equals("person-7") && number.equals("+14155552671")
                                        ? Optional.of(
                                                new WaitingCalls.Call(
                                                        first,
                                                        Language.ES,
                                                        Plan.BASIC,
                                                        firstAt,
                                                        due))
                                        : Optional.empty());

        Accepted joined =
                (Accepted)
                        busy.decide(
                                new UUID(7, 7),
                                request(Plan.BASIC),
                                policy,
                                Instant.parse("2026-11-24T21:00:00Z"));

        assertThat(joined.answer().id()).isEqualTo(first.toString());
        assertThat(joined.answer().respondBy()).isEqualTo(due);
        assertThat(joined.answer().message()).startsWith("Ya está en la cola").contains("18:03");
        assertThat(joined.event())
                .isInstanceOfSatisfying(
                        CallbackRequested.class,
                        event -> {
                            assertThat(event.getContactId()).isEqualTo(first.toString());
                            assertThat(event.getRequestedAt()).isEqualTo(firstAt);
                        });
    }

    private Outcome decide(Plan plan, String at) {
        return callbacks.decide(new UUID(7, 7), request(plan), policy, Instant.parse(at));
    }

    private static CallbackRequest request(Plan plan) {
        return new CallbackRequest(
                Requester.of(Callers.on(plan)),
                "+14155552671",
                new FirstWords(Impact.URGENT, "en", null, null, null));
    }
}
