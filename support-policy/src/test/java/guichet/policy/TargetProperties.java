package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Situation.Question;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Holds {@link Target} to {@link SlowHours}, with hours of every kind. */
class TargetProperties {

    private static final int TRIES = 10_000;

    @Property(tries = TRIES)
    void isDueWhenTheOpenTimeHasPassedT2T3(@ForAll("questions") Question question) {
        isDueByTheDefinition(question, new Target.OpenTime(question.openTime()));
    }

    @Property(tries = TRIES)
    void isDueSoManyBusinessDaysLaterT1(@ForAll("questions") Question question) {
        isDueByTheDefinition(question, new Target.BusinessDays(1 + question.days() % 3));
    }

    @Property(tries = TRIES)
    void isDueHalfABusinessDayLaterT4(@ForAll("questions") Question question) {
        isDueByTheDefinition(question, new Target.HalfBusinessDay());
    }

    @Property(tries = TRIES)
    void isDueSoonWhenTheShareOfTheOpenTimeHasPassed(
            @ForAll("questions") Question question, @ForAll("shares") Share share) {
        OpeningHours hours = question.situation().hours();
        SlowHours slow = question.situation().slow();
        Instant created = question.at();

        ResponseTarget target =
                new LinePolicy(new Target.OpenTime(question.openTime()), share, List.of())
                        .respondBy(hours, created);

        Duration behind =
                question.openTime()
                        .multipliedBy(share.thousandths())
                        .dividedBy(1000)
                        .truncatedTo(ChronoUnit.MILLIS);
        assertThat(target.dueSoon()).isBetween(created, target.due());
        assertThat(hours.openTime(created, target.dueSoon())).isEqualTo(behind);
        slow.whenOpenTimeHasPassed(created, behind)
                .ifPresent(soon -> assertThat(target.dueSoon()).isEqualTo(soon));
    }

    @Provide
    Arbitrary<Question> questions() {
        return Situation.questions();
    }

    @Provide
    Arbitrary<Share> shares() {
        return Arbitraries.integers().between(1, 1000).map(Share::new);
    }

    /** Where the window is too short to tell, it is due later. */
    private static void isDueByTheDefinition(Question question, Target target) {
        SlowHours slow = question.situation().slow();

        Instant due = target.due(question.situation().hours(), question.at());

        slow.due(target, question.at())
                .ifPresentOrElse(
                        expected -> assertThat(due).isEqualTo(expected),
                        () -> assertThat(due).isAfter(question.at()));
    }
}
