package guichet.judge;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.ChatStarted;

import org.junit.jupiter.api.Test;

/** Of contacts that began before what the topics keep. */
class KeptVerdictTest {

    private static HandMadeLog oldAndNew() {
        return new HandMadeLog()
                .started("old", 0)
                .queued("old", 0)
                .due("old", 0)
                .answered("old", 2)
                .met("old", 2, 8, 2)
                .started("new", 10)
                .queued("new", 10)
                .due("new", 10);
    }

    @Test
    void leavesOutAndCountsAContactWhoseBeginningIsNotKeptAnyMore() {
        for (double since : new double[] {1, 5}) {
            Verdict verdict = oldAndNew().beginningsKeptSince(since).judgedAt(11);

            assertThat(verdict.faults()).isEmpty();
            assertThat(verdict.contacts()).isEqualTo(1);
            assertThat(verdict.leftOut()).isEqualTo(1);
            assertThat(verdict.summary())
                    .contains("1 left out as their beginning is not kept any more");
        }
    }

    @Test
    void stillFindsAContactThatNeverBegan() {
        Verdict verdict =
                oldAndNew().beginningsKeptSince(5).without(ChatStarted.class).judgedAt(11);

        assertThat(verdict.faults())
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.contactId()).isEqualTo("new"));
        assertThat(verdict.leftOut()).isEqualTo(1);
    }

    @Test
    void leavesNothingOutOfALogThatIsWhole() {
        Verdict verdict = oldAndNew().judgedAt(11);

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.contacts()).isEqualTo(2);
        assertThat(verdict.leftOut()).isZero();
    }
}
