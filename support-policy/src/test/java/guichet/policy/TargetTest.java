package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

class TargetTest {

    private static final ZoneId UTC = ZoneId.of("Etc/UTC");

    /** Open Monday 08:00-18:00; Tuesday 10:00-12:00 and 14:00-16:00; Thursday 08:00-18:00. */
    private final OpeningHours hours =
            Hours.of(
                    UTC,
                    new Week(
                            Map.of(
                                    DayOfWeek.MONDAY, List.of(span(8, 18)),
                                    DayOfWeek.TUESDAY, List.of(span(10, 12), span(14, 16)),
                                    DayOfWeek.THURSDAY, List.of(span(8, 18)))));

    private final Target oneDay = new Target.BusinessDays(1);

    @Test
    void endsAtTheLastCloseBeforeTheSameTimeWhereThatIsShutT1() {
        assertThat(oneDay.due(hours, Instant.parse("2026-07-06T13:00:00Z")))
                .isEqualTo("2026-07-07T12:00:00Z");
        assertThat(oneDay.due(hours, Instant.parse("2026-07-06T17:00:00Z")))
                .isEqualTo("2026-07-07T16:00:00Z");
    }

    @Test
    void endsAtTheFirstOpeningWhereTheSameTimeIsBeforeItT1() {
        assertThat(oneDay.due(hours, Instant.parse("2026-07-06T09:00:00Z")))
                .isEqualTo("2026-07-07T10:00:00Z");
    }

    @Test
    void endsAtTheCloseWhereTheSameTimeIsJustThatT1() {
        assertThat(oneDay.due(hours, Instant.parse("2026-07-06T12:00:00Z")))
                .isEqualTo("2026-07-07T12:00:00Z");
    }

    @Test
    void skipsDaysWithoutOpenTimeT1() {
        assertThat(oneDay.due(hours, Instant.parse("2026-07-07T15:00:00Z")))
                .isEqualTo("2026-07-09T15:00:00Z");
        assertThat(new Target.BusinessDays(2).due(hours, Instant.parse("2026-07-08T15:00:00Z")))
                .isEqualTo("2026-07-13T18:00:00Z");
    }

    @Test
    void countsHalfOfTheDayThatACreationFallsOnT4() {
        Target half = new Target.HalfBusinessDay();

        assertThat(half.due(hours, Instant.parse("2026-07-07T11:00:00Z")))
                .isEqualTo("2026-07-07T15:00:00Z");
        assertThat(half.due(hours, Instant.parse("2026-07-08T11:00:00Z")))
                .isEqualTo("2026-07-09T13:00:00Z");
    }

    /** Of a shorter day the half is shorter, and who asks while shut waits for the close. */
    @Test
    void mayEndEarlierWhereAClosureIsAddedByTheDefinitionsOfT1AndT4() {
        Instant created = Instant.parse("2026-07-06T09:00:00Z");
        OpeningHours shutLater = announcing("2026-07-06T14:00:00Z", "2026-07-06T18:00:00Z");
        OpeningHours shutNow = announcing("2026-07-06T08:30:00Z", "2026-07-06T09:30:00Z");
        Target half = new Target.HalfBusinessDay();

        assertThat(half.due(hours, created)).isEqualTo("2026-07-06T14:00:00Z");
        assertThat(half.due(shutLater, created)).isEqualTo("2026-07-06T12:00:00Z");
        assertThat(oneDay.due(hours, created)).isEqualTo("2026-07-07T10:00:00Z");
        assertThat(oneDay.due(shutNow, created)).isEqualTo("2026-07-06T18:00:00Z");
    }

    private OpeningHours announcing(String from, String to) {
        return hours.announcing(
                List.of(
                        new Closure.Announced(
                                new AnnouncedClosure(
                                        "a",
                                        Instant.parse(from),
                                        Instant.parse(to),
                                        Set.of(),
                                        Set.of(),
                                        "a storm"))));
    }

    /** Clocks went from 23:00 on 19 June 2009 and from 23:30 on 4 May 2018 straight to midnight. */
    @ParameterizedTest
    @CsvSource({
        "Asia/Dhaka, 2009-06-18T23:20, 2009-06-20T00:00",
        "Asia/Pyongyang, 2018-05-03T23:45, 2018-05-05T00:00"
    })
    void endsWithTheDayWhoseLastHourItsZoneSkipsT1(
            ZoneId zone, LocalDateTime created, LocalDateTime due) {
        OpeningHours always = Hours.of(zone, Hours.daily(LocalSpan.WHOLE_DAY));

        assertThat(oneDay.due(always, created.atZone(zone).toInstant()))
                .isEqualTo(due.atZone(zone).toInstant());
    }

    private static LocalSpan span(int fromHour, int toHour) {
        return new LocalSpan(fromHour * 3600, toHour * 3600);
    }
}
