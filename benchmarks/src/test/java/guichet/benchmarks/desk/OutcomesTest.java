package guichet.benchmarks.desk;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.benchmarks.desk.Outcomes.Verdict;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class OutcomesTest {

    private static final long FIRST_DUE = 1_000_000;

    private final Load load = Load.unanswered(1, 1, FIRST_DUE, Duration.ofSeconds(1));
    private final Outcomes outcomes = new Outcomes(load);

    @Test
    void missesWhatWasNotAnsweredAndDidNotFire() {
        assertThat(outcomes.verdict()).isEqualTo(new Verdict(0, 1, 0, 0));
        assertThat(outcomes.awaited()).isOne();
    }

    @Test
    void isCleanWhereItFiredOnce() {
        outcomes.fired(0, FIRST_DUE, FIRST_DUE + 70);

        assertThat(outcomes.verdict()).isEqualTo(new Verdict(1, 0, 0, 0));
        assertThat(outcomes.awaited()).isZero();
        assertThat(outcomes.lateness().max()).isEqualTo(70);
    }

    @Test
    void findsWhatFiredTwice() {
        outcomes.fired(0, FIRST_DUE, FIRST_DUE + 70);
        outcomes.fired(0, FIRST_DUE, FIRST_DUE + 90);

        assertThat(outcomes.verdict()).isEqualTo(new Verdict(1, 0, 1, 0));
        assertThat(outcomes.awaited()).isZero();
    }

    @Test
    void callsItFalseThatSomethingFiredWhoseAnswerTheBrokerHadBeforeDue() {
        outcomes.answered(0, FIRST_DUE - 1);
        outcomes.fired(0, FIRST_DUE, FIRST_DUE + 70);

        assertThat(outcomes.verdict()).isEqualTo(new Verdict(1, 0, 0, 1));
    }

    @Test
    void takesEitherWhereTheBrokerHadTheAnswerAtDueOrLater() {
        outcomes.answered(0, FIRST_DUE);
        assertThat(outcomes.verdict()).isEqualTo(new Verdict(0, 0, 0, 0));

        outcomes.fired(0, FIRST_DUE, FIRST_DUE + 70);
        assertThat(outcomes.verdict()).isEqualTo(new Verdict(1, 0, 0, 0));
        assertThat(outcomes.awaited()).isZero();
    }

    @Test
    void callsItFalseThatSomethingFiredEarlyOrForAnotherDue() {
        outcomes.fired(0, FIRST_DUE, FIRST_DUE - 1);
        assertThat(outcomes.verdict().falsely()).isOne();

        Outcomes others = new Outcomes(load);
        others.fired(0, FIRST_DUE + 1, FIRST_DUE + 70);
        assertThat(others.verdict().falsely()).isOne();
    }
}
