package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

class OpeningHoursTest {

    private static final Instant MONDAY_NOON = Instant.parse("2026-07-06T12:00:00Z");

    private final OpeningHours noonToFive = daily("Etc/UTC", span("12:00", "17:00"));

    @Test
    void closesAtTheClosingInstantAndNotBefore() {
        assertThat(noonToFive.isOpen(MONDAY_NOON.minusNanos(1))).isFalse();
        assertThat(noonToFive.isOpen(MONDAY_NOON)).isTrue();
        assertThat(noonToFive.isOpen(Instant.parse("2026-07-06T16:59:59.999999999Z"))).isTrue();
        assertThat(noonToFive.isOpen(Instant.parse("2026-07-06T17:00:00Z"))).isFalse();
    }

    @Test
    void isTakenNeverToCloseWhereItStaysOpenForTenYears() {
        OpeningHours always = daily("Etc/UTC", span("00:00", "24:00"));
        Instant to = MONDAY_NOON.plus(Duration.ofDays(20 * 366));

        assertThat(always.nextClosing(MONDAY_NOON)).isEmpty();
        assertThat(always.openings(MONDAY_NOON, to)).containsExactly(new OpenSpan(MONDAY_NOON, to));
    }

    @Test
    void losesNothingAtMidnight() {
        OpeningHours always = daily("America/Los_Angeles", span("00:00", "24:00"));

        assertThat(always.isOpen(Instant.parse("2026-07-07T06:59:59.999Z"))).isTrue();
        assertThat(always.openTime(MONDAY_NOON, MONDAY_NOON.plus(Duration.ofDays(400))))
                .isEqualTo(Duration.ofDays(400));
    }

    @Test
    void answersTheClosingWhereTheTimeIsUsedUpJustThen() {
        assertThat(noonToFive.whenOpenTimeHasPassed(MONDAY_NOON, Duration.ofHours(5)))
                .contains(Instant.parse("2026-07-06T17:00:00Z"));
        assertThat(noonToFive.whenOpenTimeHasPassed(MONDAY_NOON, Duration.ofHours(5).plusNanos(1)))
                .contains(Instant.parse("2026-07-07T12:00:00.000000001Z"));
    }

    @Test
    void hasPassedNoTimeAtOnce() {
        Instant closed = Instant.parse("2026-07-06T03:00:00Z");

        assertThat(noonToFive.whenOpenTimeHasPassed(closed, Duration.ZERO)).contains(closed);
    }

    @Test
    void refusesNegativeTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> noonToFive.whenOpenTimeHasPassed(MONDAY_NOON, Duration.ofNanos(-1)))
                .withMessageContaining("must not be negative");
    }

    @Test
    void countsNoTimeBackwards() {
        assertThat(noonToFive.openTime(MONDAY_NOON, MONDAY_NOON.minusSeconds(86_400))).isZero();
    }

    @Test
    void givesUpAfterAHundredYears() {
        Duration tooMuch = Duration.ofHours(5 * 366 * 120);

        assertThat(noonToFive.whenOpenTimeHasPassed(MONDAY_NOON, tooMuch)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> noonToFive.openTime(Instant.MIN, Instant.MAX))
                .withMessageContaining("a hundred years apart");
    }

    @Test
    void opensAnHourLaterWhereTheOpeningFallsIntoAGap() {
        OpeningHours hours = daily("America/Los_Angeles", span("02:30", "05:00"));

        assertThat(hours.nextOpening(Instant.parse("2014-03-09T08:00:00Z")))
                .contains(Instant.parse("2014-03-09T10:30:00Z"));
    }

    @Test
    void opensTheFirstTimeWhereTheOpeningComesTwice() {
        OpeningHours hours = daily("America/Los_Angeles", span("01:30", "05:00"));

        assertThat(hours.nextOpening(Instant.parse("2014-11-02T07:30:00Z")))
                .contains(Instant.parse("2014-11-02T08:30:00Z"));
        assertThat(
                        hours.openTime(
                                Instant.parse("2014-11-02T07:00:00Z"),
                                Instant.parse("2014-11-03T07:00:00Z")))
                .isEqualTo(Duration.ofMinutes(4 * 60 + 30));
    }

    @Test
    void staysShutOnADateThatItsZoneSkips() {
        OpeningHours fridays =
                Hours.of(
                        ZoneId.of("Pacific/Apia"),
                        new Week(Map.of(DayOfWeek.FRIDAY, List.of(span("09:00", "17:00")))));

        assertThat(fridays.nextOpening(Instant.parse("2011-12-29T12:00:00Z")))
                .contains(Instant.parse("2012-01-05T19:00:00Z"));
    }

    /** Clocks went from 00:01 on Sunday back to 23:01 on Saturday. */
    @Test
    void keepsToTheDateThatHasBegunWhereClocksGoBackOverMidnight() {
        Instant sunday = Instant.parse("2001-10-28T02:30:00Z");
        Instant monday = Instant.parse("2001-10-29T03:30:00Z");

        assertThat(inStJohns(DayOfWeek.SATURDAY).nextClosing(sunday.minusSeconds(3600)))
                .contains(sunday);
        assertThat(inStJohns(DayOfWeek.SUNDAY).openings(sunday.minusSeconds(3600), monday))
                .containsExactly(new OpenSpan(sunday, monday));
        assertThat(inStJohns(DayOfWeek.SUNDAY).businessDay(sunday.plusSeconds(1800)).openTime())
                .isEqualTo(Duration.ofHours(25));
    }

    /** Saturday's last hour came twice, and the second time it was Sunday. */
    @Test
    void opensOnTheDateThatHasBegunWhenClocksShowTheOneBefore() {
        Instant untilElevenThirty = Instant.parse("2001-10-28T03:00:00Z");
        OpeningHours sundays =
                inStJohns(DayOfWeek.SUNDAY)
                        .announcing(
                                List.of(
                                        new Closure.Announced(
                                                new AnnouncedClosure(
                                                        "a",
                                                        untilElevenThirty.minusSeconds(3600),
                                                        untilElevenThirty,
                                                        Set.of(),
                                                        Set.of(),
                                                        "a storm"))));

        BusinessDay next = sundays.businessDay(Instant.parse("2001-10-21T12:00:00Z")).later(1);

        assertThat(next.openTime()).isEqualTo(Duration.ofMinutes(24 * 60 + 30));
        assertThat(next.close()).isEqualTo("2001-10-29T03:30:00Z");
    }

    private static OpeningHours inStJohns(DayOfWeek day) {
        return Hours.of(
                ZoneId.of("America/St_Johns"), new Week(Map.of(day, List.of(LocalSpan.WHOLE_DAY))));
    }

    @Test
    void hasNothingToExplainWhereNoTimePasses() {
        Instant at = MONDAY_NOON.plusNanos(1);

        assertThat(noonToFive.stretches(at, at)).isEmpty();
        assertThat(noonToFive.stretches(at, at.plusNanos(1))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 253_402_300_800_000L, Long.MAX_VALUE})
    void answersForAnyTimestamp(long millis) {
        Instant at = Instant.ofEpochMilli(millis);

        Instant opening = noonToFive.nextOpening(at).orElseThrow();

        assertThat(opening).isBetween(at, at.plus(Duration.ofDays(1)));
        assertThat(noonToFive.nextClosing(opening).orElseThrow())
                .isBetween(opening, opening.plus(Duration.ofHours(5)));
    }

    private static OpeningHours daily(String zone, LocalSpan... spans) {
        return Hours.of(ZoneId.of(zone), Hours.daily(spans));
    }

    private static LocalSpan span(String from, String to) {
        return new LocalSpan(second(from), second(to));
    }

    private static int second(String time) {
        return Integer.parseInt(time.substring(0, 2)) * 3600
                + Integer.parseInt(time.substring(3)) * 60;
    }
}
