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
import java.util.List;
import java.util.Optional;

/** Holds {@link OpeningHours} to {@link SlowHours}. */
class OpeningHoursProperties {

    private static final int TRIES = 10_000;

    @Property(tries = TRIES)
    void opensAndClosesAtEverySecondOfTheDefinition(@ForAll("questions") Question question) {
        SlowHours slow = question.situation().slow();

        assertThat(question.situation().hours().openings(slow.start(), slow.end()))
                .isEqualTo(slow.openings());
    }

    @Property(tries = TRIES)
    void isOpenAtEverySecondThatIsOpenByTheDefinition(@ForAll("questions") Question question) {
        OpeningHours hours = question.situation().hours();
        SlowHours slow = question.situation().slow();

        for (int second = -3600; second < 3600; second++) {
            Instant at = question.at().plusSeconds(second);
            if (hours.isOpen(at) != slow.isOpen(at)) {
                throw new AssertionError("open at " + at + " should be " + slow.isOpen(at));
            }
        }
    }

    @Property(tries = TRIES)
    void findsTheNextOpening(@ForAll("questions") Question question) {
        SlowHours slow = question.situation().slow();

        Optional<Instant> opening = question.situation().hours().nextOpening(question.at());

        assertFirst(slow, opening, slow.nextOpening(question.at()));
    }

    @Property(tries = TRIES)
    void findsTheNextClosing(@ForAll("questions") Question question) {
        SlowHours slow = question.situation().slow();

        Optional<Instant> closing = question.situation().hours().nextClosing(question.at());

        assertFirst(slow, closing, slow.nextClosing(question.at()));
    }

    @Property(tries = TRIES)
    void findsWhenItWasLastOpen(@ForAll("questions") Question question) {
        SlowHours slow = question.situation().slow();

        Optional<Instant> last = question.situation().hours().lastOpen(question.at());

        slow.lastOpen(question.at())
                .ifPresentOrElse(
                        expected -> assertThat(last).contains(expected),
                        () ->
                                assertThat(last.orElse(slow.start()))
                                        .isBeforeOrEqualTo(slow.start()));
    }

    @Property(tries = TRIES)
    void countsTheOpenTimeOfTheDefinition(@ForAll("questions") Question question) {
        assertThat(question.situation().hours().openTime(question.at(), question.later()))
                .isEqualTo(question.situation().slow().openTime(question.at(), question.later()));
    }

    @Property(tries = TRIES)
    void addsUpOverAnySplit(
            @ForAll("questions") Question question, @ForAll("shares") double share) {
        OpeningHours hours = question.situation().hours();
        long nanos = Duration.between(question.at(), question.later()).toNanos();
        Instant middle = question.at().plusNanos((long) (nanos * share));

        assertThat(
                        hours.openTime(question.at(), middle)
                                .plus(hours.openTime(middle, question.later())))
                .isEqualTo(hours.openTime(question.at(), question.later()));
    }

    @Property(tries = TRIES)
    void passesAtTheVeryNanosecondOfTheDefinition(@ForAll("questions") Question question) {
        SlowHours slow = question.situation().slow();

        Optional<Instant> passed =
                question.situation()
                        .hours()
                        .whenOpenTimeHasPassed(question.at(), question.openTime());

        assertFirst(slow, passed, slow.whenOpenTimeHasPassed(question.at(), question.openTime()));
    }

    @Property(tries = TRIES)
    void hasBeenOpenForTheTimeAskedForWhenItHasPassedAndNoSooner(
            @ForAll("questions") Question question) {
        OpeningHours hours = question.situation().hours();
        Instant at = question.at();

        Instant passed = hours.whenOpenTimeHasPassed(at, question.openTime()).orElseThrow();

        assertThat(hours.openTime(at, passed)).isEqualTo(question.openTime());
        if (passed.isAfter(at)) {
            assertThat(hours.openTime(at, passed.minusNanos(1))).isLessThan(question.openTime());
        }
    }

    @Property(tries = TRIES)
    void losesToAMeetingJustTheSecondsOfTheMeeting(@ForAll("questions") Question question) {
        Situation situation = question.situation();
        SlowHours busier = situation.slow(situation.rota().with(situation.meeting()));

        assertThat(situation.hoursWithMeeting().openings(busier.start(), busier.end()))
                .isEqualTo(busier.openings());
        assertThat(situation.hoursWithMeeting().openTime(question.at(), question.later()))
                .isLessThanOrEqualTo(situation.hours().openTime(question.at(), question.later()));
    }

    @Property(tries = TRIES)
    void neverPassesEarlierForAMeetingMore(@ForAll("questions") Question question) {
        Situation situation = question.situation();
        Instant passed =
                situation
                        .hours()
                        .whenOpenTimeHasPassed(question.at(), question.openTime())
                        .orElseThrow();

        situation
                .hoursWithMeeting()
                .whenOpenTimeHasPassed(question.at(), question.openTime())
                .ifPresent(later -> assertThat(later).isAfterOrEqualTo(passed));
    }

    @Property(tries = TRIES)
    void keepsToEachEditionFromTheSecondItBegins(@ForAll("questions") Question question) {
        Situation situation = question.situation();
        List<Rota.Phase> phases = situation.rota().phases();
        int edition = question.days() % phases.size();
        Instant from = edition == 0 ? situation.slow().start() : beginning(phases.get(edition));
        Instant to =
                edition + 1 < phases.size()
                        ? beginning(phases.get(edition + 1))
                        : situation.slow().end();

        SlowHours alone = situation.slow(situation.rota().only(edition));

        assertThat(situation.hours().openTime(from, to)).isEqualTo(alone.openTime(from, to));
        assertThat(situation.hours().isOpen(from)).isEqualTo(alone.isOpen(from));
    }

    @Provide
    Arbitrary<Question> questions() {
        return Situation.questions();
    }

    @Provide
    Arbitrary<Double> shares() {
        return Arbitraries.doubles().between(0, 1);
    }

    private static Instant beginning(Rota.Phase phase) {
        return Instant.ofEpochSecond(phase.from());
    }

    /** Where the window is too short to tell, the answer lies beyond it. */
    private static void assertFirst(
            SlowHours slow, Optional<Instant> found, Optional<Instant> expected) {
        expected.ifPresentOrElse(
                first -> assertThat(found).contains(first),
                () -> assertThat(found.orElse(slow.end())).isAfterOrEqualTo(slow.end()));
    }
}
