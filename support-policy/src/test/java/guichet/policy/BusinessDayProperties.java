package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Situation.Question;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Holds {@link BusinessDay} to {@link SlowHours}, which walks from date to date. */
class BusinessDayProperties {

    private static final int TRIES = 10_000;

    @Property(tries = TRIES)
    void comesSoManyOpenDatesLater(@ForAll("questions") Question question) {
        compare(
                question,
                (day, date) ->
                        assertThat(day.hours().dates(day.block()).date(day.index()))
                                .isEqualTo(date));
    }

    @Property(tries = TRIES)
    void isAsLongAsItsDateIsOpen(@ForAll("questions") Question question) {
        SlowHours slow = question.situation().slow();

        compare(question, (day, date) -> assertThat(day.openTime()).isEqualTo(slow.openTime(date)));
    }

    @Property(tries = TRIES)
    void closesAtTheEndOfTheLastOpeningOfItsDate(@ForAll("questions") Question question) {
        SlowHours slow = question.situation().slow();

        compare(question, (day, date) -> assertThat(day.close()).isEqualTo(slow.close(date)));
    }

    @Property(tries = TRIES)
    void wasLastOpenByALocalTime(@ForAll("questions") Question question) {
        SlowHours slow = question.situation().slow();

        compare(
                question,
                (day, date) ->
                        assertThat(day.lastOpenBy(question.time()))
                                .isEqualTo(slow.lastOpenBy(date, question.time())));
    }

    @Provide
    Arbitrary<Question> questions() {
        return Situation.questions();
    }

    /** Nothing where the window is too short to tell. */
    private static void compare(Question question, BiConsumer<BusinessDay, LocalDate> assertion) {
        Optional<LocalDate> date =
                question.situation().slow().businessDay(question.at(), question.days());
        date.ifPresent(
                expected ->
                        assertion.accept(
                                question.situation()
                                        .hours()
                                        .businessDay(question.at())
                                        .later(question.days()),
                                expected));
    }
}
