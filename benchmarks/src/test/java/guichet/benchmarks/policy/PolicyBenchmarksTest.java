package guichet.benchmarks.policy;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Scope;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared in speed answers the same. */
class PolicyBenchmarksTest {

    private static final int ASKED = 4000;

    @Test
    void theBaselineKnowsWhenALineIsOpen() {
        Questions questions = Questions.of("", line -> true, SupportPageByHand::target);

        for (int i = 0; i < ASKED; i++) {
            Question asked = questions.get(i);
            assertThat(asked.isOpenByHand())
                    .as("%s at %s", asked.line(), asked.at())
                    .isEqualTo(questions.policy().hours(asked.line()).isOpen(asked.at()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBaselineFindsTheSameDue(DueQuestion question) {
        Questions questions = question.questions();

        for (int i = 0; i < ASKED; i++) {
            Question asked = questions.get(i);
            assertThat(asked.dueByHand())
                    .as("%s at %s", asked.line(), asked.at())
                    .isEqualTo(
                            questions
                                    .policy()
                                    .respondBy(asked.line(), Scope.IN, asked.at())
                                    .orElseThrow()
                                    .due());
        }
    }

    @ParameterizedTest
    @EnumSource
    void dueBenchmarksRun(DueQuestion question) {
        DueBenchmark guichet = new DueBenchmark();
        guichet.question = question;
        guichet.setUp();
        DueBenchmark dayByDay = new DueBenchmark();
        dayByDay.question = question;
        dayByDay.setUp();

        assertThat(guichet.guichet().orElseThrow().due()).isEqualTo(dayByDay.dayByDay());
    }

    @Test
    void isOpenBenchmarksRun() {
        IsOpenBenchmark guichet = new IsOpenBenchmark();
        guichet.setUp();
        IsOpenBenchmark dayByDay = new IsOpenBenchmark();
        dayByDay.setUp();

        assertThat(guichet.guichet()).isEqualTo(dayByDay.dayByDay());
    }

    @Test
    void theAnnouncingBenchmarkRuns() {
        assertThat(new AnnouncingBenchmark().guichet()).isPositive();
    }
}
