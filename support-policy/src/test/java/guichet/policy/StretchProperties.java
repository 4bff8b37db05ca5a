package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Situation.Question;
import guichet.policy.Stretch.State;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

/** Holds the stretches of time that explain a target to {@link SlowHours}. */
class StretchProperties {

    private static final int TRIES = 10_000;

    @Property(tries = TRIES)
    void followEachOtherWithoutGapsFromBeginningToEnd(@ForAll("questions") Question question) {
        Instant reached = question.at();

        for (Stretch stretch : stretches(question)) {
            assertThat(stretch.from()).isEqualTo(reached);
            assertThat(stretch.to()).isAfter(reached);
            reached = stretch.to();
        }

        assertThat(reached).isEqualTo(question.later());
    }

    @Property(tries = TRIES)
    void countJustTheOpenTime(@ForAll("questions") Question question) {
        SlowHours slow = question.situation().slow();

        for (Stretch stretch : stretches(question)) {
            assertThat(slow.openTime(stretch.from(), stretch.to()))
                    .isEqualTo(
                            stretch.state() == State.COUNTED ? stretch.duration() : Duration.ZERO);
        }
    }

    @Property(tries = TRIES)
    void nameClosuresOnlyWhereTheHoursSayOpen(@ForAll("questions") Question question) {
        Situation situation = question.situation();
        Rota byHours = situation.rota().withoutAnnouncements().withoutMeetings();
        SlowHours hours = situation.slow(byHours);

        for (Stretch stretch : stretches(question)) {
            assertThat(hours.openTime(stretch.from(), stretch.to()))
                    .isEqualTo(
                            stretch.state() == State.OUTSIDE_HOURS
                                    ? Duration.ZERO
                                    : stretch.duration());
        }
    }

    @Property(tries = TRIES)
    void nameAnnouncementsOnlyWhereThePolicyItselfLeavesOpen(
            @ForAll("questions") Question question) {
        Situation situation = question.situation();
        SlowHours scheduled = situation.slow(situation.rota().withoutAnnouncements());

        for (Stretch stretch : stretches(question)) {
            assertThat(scheduled.openTime(stretch.from(), stretch.to()))
                    .isEqualTo(
                            EnumSet.of(State.COUNTED, State.ANNOUNCED_CLOSURE)
                                            .contains(stretch.state())
                                    ? stretch.duration()
                                    : Duration.ZERO);
        }
    }

    @Provide
    Arbitrary<Question> questions() {
        return Situation.questions();
    }

    private static List<Stretch> stretches(Question question) {
        return question.situation().hours().stretches(question.at(), question.later());
    }
}
