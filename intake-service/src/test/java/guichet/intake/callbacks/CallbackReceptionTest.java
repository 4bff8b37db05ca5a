package guichet.intake.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.CallbackRequested;
import guichet.intake.Callers;
import guichet.intake.contacts.Outcome;
import guichet.intake.contacts.Outcome.Accepted;
import guichet.intake.contacts.Outcome.Closed;
import guichet.intake.contacts.Requester;
import guichet.policy.Impact;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.UUID;

class CallbackReceptionTest {

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final CallbackReception callbacks = new CallbackReception();

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

    private Outcome decide(Plan plan, String at) {
        CallbackRequest request =
                new CallbackRequest(
                        Requester.of(Callers.on(plan)),
                        "+14155552671",
                        Impact.URGENT,
                        "en",
                        null,
                        null,
                        null);
        return callbacks.decide(new UUID(7, 7), request, policy, Instant.parse(at));
    }
}
