package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.time.Instant;

class OpeningHoursProperties {

    private static final Duration WINDOW = Duration.ofDays(4);

    @Property
    void agreesWithTheSlowCalendarMinuteByMinute(@ForAll("questions") Question question) {
        OpeningHours hours = question.calendar().fast();
        Instant end = question.from().plus(WINDOW);

        for (Instant minute = question.from();
                minute.isBefore(end);
                minute = minute.plus(SlowCalendar.STEP)) {
            assertThat(hours.isOpen(minute))
                    .as("open at %s", minute)
                    .isEqualTo(question.calendar().isOpen(minute));
        }
        assertThat(hours.openTime(question.from(), end))
                .isEqualTo(question.calendar().openTime(question.from(), end));
    }

    @Property
    void findsTheNextOpeningAndClosing(@ForAll("questions") Question question) {
        OpeningHours hours = question.calendar().fast();
        Instant end = question.from().plus(WINDOW);

        Instant opening = question.calendar().first(true, question.from(), end);
        Instant closing = question.calendar().first(false, opening, end);

        assertThat(notAfter(end, hours.nextOpening(question.from()).orElse(end)))
                .isEqualTo(opening);
        assertThat(notAfter(end, hours.nextClosing(question.from()).orElse(end)))
                .isEqualTo(closing);
    }

    @Property
    void passesExactlyTheOpenTimeAskedForAndNoLaterThanNeeded(
            @ForAll("questions") Question question) {
        OpeningHours hours = question.calendar().fast();
        Instant from = question.from().plus(question.fraction());

        Instant passed = hours.whenOpenTimeHasPassed(from, question.openTime()).orElse(null);

        if (passed == null) {
            assertThat(hours.openTime(from, from.plus(Duration.ofDays(366 * 90))))
                    .isLessThan(question.openTime());
        } else {
            assertThat(hours.openTime(from, passed)).isEqualTo(question.openTime());
            assertThat(
                            passed.equals(from)
                                    || hours.openTime(from, passed.minusNanos(1))
                                                    .compareTo(question.openTime())
                                            < 0)
                    .isTrue();
        }
    }

    @Property
    void addsUpOverAnySplit(@ForAll("questions") Question question) {
        OpeningHours hours = question.calendar().fast();
        Instant from = question.from();
        Instant middle = from.plus(question.openTime());
        Instant to = middle.plus(question.fraction().multipliedBy(100_000));

        assertThat(hours.openTime(from, middle).plus(hours.openTime(middle, to)))
                .isEqualTo(hours.openTime(from, to));
    }

    @Property
    void isOpenRightUpToItsLastOpenInstant(@ForAll("questions") Question question) {
        OpeningHours hours = question.calendar().fast();
        Instant before = question.from().plus(question.fraction());

        hours.lastOpen(before)
                .ifPresent(
                        last -> {
                            assertThat(last).isBeforeOrEqualTo(before);
                            assertThat(hours.isOpen(last.minusNanos(1))).isTrue();
                            assertThat(hours.openTime(last, before)).isZero();
                        });
    }

    @Provide
    Arbitrary<Question> questions() {
        return Calendars.any()
                .flatMap(
                        calendar ->
                                Combinators.combine(
                                                Calendars.minutes(calendar.hours().zone()),
                                                Calendars.durations(Duration.ofDays(40)),
                                                Arbitraries.longs().between(0, 59_999_999_999L))
                                        .as(
                                                (from, openTime, nanos) ->
                                                        new Question(
                                                                calendar,
                                                                from,
                                                                openTime,
                                                                Duration.ofNanos(nanos))));
    }

    private static Instant notAfter(Instant end, Instant instant) {
        return instant.isAfter(end) ? end : instant;
    }

    /**
     * What is asked of a calendar.
     *
     * @param from to the minute
     * @param fraction less than a minute
     */
    record Question(SlowCalendar calendar, Instant from, Duration openTime, Duration fraction) {}
}
