package guichet.policy;

import static guichet.policy.Language.EN;
import static guichet.policy.Language.PT;
import static guichet.policy.Lines.chat;
import static guichet.policy.Lines.web;
import static guichet.policy.Plan.BASIC;
import static guichet.policy.Plan.ENTERPRISE;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Enterprise chats are open around the clock, so that only closures shut them. */
class ClosureRulesTest {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final ZoneId BRASILIA = ZoneId.of("America/Sao_Paulo");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    weekly: tue                                            | 2026-12-01 2026-12-08 2026-12-15 2026-12-22 2026-12-29
                    weekly: [sat, sun], starting: 2026-12-19               | 2026-12-19 2026-12-20 2026-12-26 2026-12-27
                    weekly: mon-wed, until: 2026-12-02                     | 2026-12-01 2026-12-02
                    weekly: thu, every: 2 weeks, starting: 2026-12-03      | 2026-12-03 2026-12-17 2026-12-31
                    weekly: thu, every: 2 weeks, starting: 2020-01-02      | 2026-12-10 2026-12-24
                    monthly: first tue                                     | 2026-12-01
                    monthly: [second mon, last fri]                        | 2026-12-14 2026-12-25
                    monthly: fifth thu                                     | 2026-12-31
                    monthly: first wed, every: 3 months, starting: 2026-09-01 | 2026-12-02
                    yearly: 12-25                                          | 2026-12-25
                    yearly: [12-24, 12-31]                                 | 2026-12-24 2026-12-31
                    dates: [2026-12-24, 2027-01-01]                        | 2026-12-24
                    dates: 2026-12-08                                      | 2026-12-08
                    recurrence: FREQ=MONTHLY;BYMONTHDAY=-1                 | 2026-12-31
                    recurrence: FREQ=YEARLY;BYMONTH=12;BYDAY=3SU           | 2026-12-20
                    recurrence: FREQ=DAILY;COUNT=2, starting: 2026-12-05   | 2026-12-05 2026-12-06
                    recurrence: FREQ=WEEKLY;BYDAY=MO;UNTIL=20261214        | 2026-12-07 2026-12-14
                    recurrence: FREQ=WEEKLY, starting: 2026-12-10          | 2026-12-10 2026-12-17 2026-12-24 2026-12-31
                    recurrence: FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=13;BYDAY=SU | 2026-12-13
                    recurrence: FREQ=YEARLY;BYWEEKNO=50;BYDAY=FR           | 2026-12-11
                    """)
    void shutsOnTheDaysThatARuleNamesH6(String days, String dates) {
        OpeningHours hours = policy(days).hours(chat(EN, ENTERPRISE));

        String shut =
                LocalDate.of(2026, 12, 1)
                        .datesUntil(LocalDate.of(2027, 1, 1))
                        .filter(
                                date ->
                                        !hours.isOpen(
                                                date.atTime(9, 30).atZone(PACIFIC).toInstant()))
                        .map(LocalDate::toString)
                        .collect(Collectors.joining(" "));

        assertThat(shut).isEqualTo(dates);
    }

    @Test
    void shutsOnLeapDaysOnly() {
        OpeningHours hours = policy("yearly: 02-29").hours(chat(EN, ENTERPRISE));

        assertThat(hours.isOpen(pacific("2027-02-28T09:30"))).isTrue();
        assertThat(hours.isOpen(pacific("2027-03-01T09:30"))).isTrue();
        assertThat(hours.isOpen(pacific("2028-02-29T09:30"))).isFalse();
    }

    @Test
    void shutsForPartsOfADayInTheZoneOfTheClosureH5H6() {
        SupportPolicy policy =
                overPage(
                        "{row: H6, name: two talks, zone: America/Los_Angeles, dates: [2026-07-08],"
                                + " times: [09:00-10:00, 14:30-15:00]}");

        assertThat(
                        policy.hours(chat(PT, ENTERPRISE))
                                .openings(
                                        brasilia("2026-07-08T00:00"), brasilia("2026-07-09T00:00")))
                .containsExactly(
                        new OpenSpan(brasilia("2026-07-08T00:00"), brasilia("2026-07-08T13:00")),
                        new OpenSpan(brasilia("2026-07-08T14:00"), brasilia("2026-07-08T18:30")),
                        new OpenSpan(brasilia("2026-07-08T19:00"), brasilia("2026-07-09T00:00")));
    }

    @Test
    void shutsHolidaysFromMidnightToMidnightOfEachLanguage() {
        SupportPolicy policy =
                overPage("{row: own, name: New Year, dates: [2027-01-01, 2027-01-02]}");

        assertThat(policy.hours(chat(EN, ENTERPRISE)).nextOpening(pacific("2027-01-01T00:00")))
                .contains(pacific("2027-01-03T00:00"));
        assertThat(policy.hours(chat(PT, ENTERPRISE)).nextClosing(brasilia("2026-12-31T12:00")))
                .contains(brasilia("2027-01-01T00:00"));
        assertThat(policy.hours(chat(PT, ENTERPRISE)).nextOpening(brasilia("2027-01-01T00:00")))
                .contains(brasilia("2027-01-03T00:00"));
    }

    @Test
    void shutsTheChannelsLanguagesAndPlansThatItNames() {
        SupportPolicy policy =
                overPage(
                        "{row: own, name: Carnival, languages: [pt], plans: [basic],"
                                + " channels: [web], dates: [2027-02-09]}");
        Instant carnival = brasilia("2027-02-09T10:00");

        assertThat(policy.hours(web(PT, BASIC)).isOpen(carnival)).isFalse();
        assertThat(policy.hours(web(PT, ENTERPRISE)).isOpen(carnival)).isTrue();
        assertThat(policy.hours(web(Language.ES, BASIC)).isOpen(carnival)).isTrue();
        assertThat(policy.hours(chat(PT, BASIC)).isOpen(carnival)).isTrue();
    }

    @Test
    void shipsTheMonthlyAndBiWeeklyMeetingsSwitchedOffH6() {
        OpeningHours hours = SupportPolicy.load("support-page").hours(chat(EN, ENTERPRISE));

        assertThat(hours.openTime(pacific("2026-12-01T00:00"), pacific("2027-01-01T00:00")))
                .isEqualTo(Duration.ofHours(31 * 24 - 5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    weekly: tuesday                        | 'tuesday' is not a valid 'weekly'
                    weekly: sun-mon                        | 'sun-mon' is not a valid 'weekly'
                    monthly: sixth tue                     | 'sixth tue' is not a valid 'monthly'
                    monthly: first                         | 'first' is not a valid 'monthly'
                    monthly: first mon-fri                 | 'first mon-fri' is not a valid 'monthly'
                    yearly: 02-30                          | '02-30' is not a valid 'yearly'
                    yearly: 25.12.                         | '25.12.' is not a valid 'yearly'
                    dates: [24.12.2026]                    | '24.12.2026' is not a valid 'dates'
                    dates: [2026-02-29]                    | '2026-02-29' is not a valid 'dates'
                    recurrence: every tuesday              | 'every tuesday' is not a valid 'recurrence'
                    recurrence: FREQ=HOURLY                | 'FREQ=HOURLY' is not a valid 'recurrence'
                    recurrence: FREQ=DAILY;BYHOUR=9        | is not a valid 'recurrence'
                    recurrence: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | is not a valid 'recurrence'
                    recurrence: FREQ=DAILY;INTERVAL=3      | does not say from when to count
                    recurrence: FREQ=DAILY;COUNT=3         | does not say from when to count
                    weekly: tue, every: 2 weeks            | does not say from when to count
                    weekly: tue, every: 2 months           | '2 months' is not a valid 'every'
                    weekly: tue, every: fortnight          | 'fortnight' is not a valid 'every'
                    yearly: 12-25, every: 2 weeks          | '2 weeks' is not a valid 'every'
                    weekly: tue, until: 2026-01-01, starting: 2027-01-01 | 'until' is before 'starting'
                    weekly: tue, starting: 2026-01-07, until: 2026-01-09 | 'tue' is not a valid 'weekly'
                    weekly: tue, until: 1960-01-01         | '1960-01-01' is not a valid 'until'
                    weekly: mon-sun, until: 2500-01-01     | '2500-01-01' is not a valid 'until'
                    weekly: tue, starting: 2100-01-01      | '2100-01-01' is not a valid 'starting'
                    weekly: tue, starting: +100000-01-01   | '+100000-01-01' is not a valid 'starting'
                    weekly: tue, every: 2 weeks, starting: +999999999-12-31 | '+999999999-12-31' is not a valid 'starting'
                    dates: [+999999999-12-31]              | '+999999999-12-31' is not a valid 'dates'
                    dates: [1969-12-31]                    | '1969-12-31' is not a valid 'dates'
                    recurrence: FREQ=DAILY;UNTIL=25000101  | is not a valid 'recurrence'
                    recurrence: FREQ=DAILY;UNTIL=20200101, starting: 2026-01-01 | is not a valid 'recurrence'
                    recurrence: FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6 | is not a valid 'recurrence'
                    recurrence: FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2 | is not a valid 'recurrence'
                    recurrence: FREQ=DAILY;INTERVAL=1001, starting: 2026-01-01 | is not a valid 'recurrence'
                    recurrence: FREQ=DAILY;COUNT=10001, starting: 2026-01-01 | is not a valid 'recurrence'
                    recurrence: RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1 | is not a valid 'recurrence'
                    recurrence: FREQ=YEARLY;RSCALE=JULIAN;BYMONTH=1;BYMONTHDAY=1 | is not a valid 'recurrence'
                    recurrence: FREQ=DAILY;BYMONTH=11;BYMONTHDAY=5;BYDAY=TU | is not a valid 'recurrence'
                    recurrence: FREQ=YEARLY;INTERVAL=560;COUNT=4;BYMONTH=7, starting: 2096-08-06 | is not a valid 'recurrence'
                    recurrence: FREQ=WEEKLY                | does not say from when to count
                    recurrence: FREQ=MONTHLY               | does not say from when to count
                    recurrence: FREQ=YEARLY;BYMONTH=12     | does not say from when to count
                    recurrence: FREQ=YEARLY;BYWEEKNO=20    | does not say from when to count
                    weekly: []                             | 'weekly' names none
                    monthly: []                            | 'monthly' names none
                    yearly: []                             | 'yearly' names none
                    dates: []                              | 'dates' names none
                    recurrence: []                         | 'recurrence' names none
                    weekly: tue, times: []                 | 'times' names none
                    weekly: tue, zone: SystemV/PST8        | 'SystemV/PST8' is an offset
                    weekly: tue, zone: Greenwich           | 'Greenwich' is an offset
                    weekly: tue, until: soon               | 'soon' is not a valid 'until'
                    weekly: tue, monthly: first mon        | says on which days more than once
                    name: nothing                          | does not say on which days
                    dates: [2026-12-25], every: 2 weeks    | 'every' is unknown
                    weekly: tue, zone: PST                 | 'PST' is an offset
                    weekly: tue, times: [09:00]            | '09:00' is not a valid 'times'
                    weekly: tue, times: [09:00-11:00, 10:00-12:00] | 10:00-12:00 overlaps
                    weekly: tue, switched-off: perhaps     | 'perhaps' is not a valid 'switched-off'
                    """)
    void namesTheLineOfWhatItCannotReadAndWhatToDo(String days, String problem) {
        String rule = days.startsWith("name:") ? days : "name: a meeting, " + days;

        new OwnPolicy(folder)
                .refusesOverPage("closures:\n  - {row: own, " + rule + "}\n", 3, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    weekly: mon-sun
                    weekly: mon-sun, starting: 2031-01-01
                    recurrence: FREQ=DAILY
                    """)
    void refusesClosuresThatLeaveALineShutForEver(String days) {
        List<InvalidPolicy.Fault> faults =
                new OwnPolicy(folder)
                        .faultsOverPage("closures: [{row: own, name: the end, " + days + "}]\n");

        assertThat(faults)
                .singleElement()
                .hasToString(
                        "line 2: with this closure en BASIC WEB never opens; let it end, or leave"
                                + " some of the hours open");
    }

    @Test
    void namesTheClosureThatTakesTheLastOfTheHours() {
        List<InvalidPolicy.Fault> faults =
                new OwnPolicy(folder)
                        .faultsOverPage(
                                """
                                closures:
                                  - {row: own, name: a meeting, weekly: tue, times: [08:00-09:00]}
                                  - {row: own, name: the end, weekly: mon-sun}
                                  - {row: own, name: a talk, weekly: wed, times: [08:00-09:00]}
                                """);

        assertThat(faults)
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.line()).isEqualTo(4);
                            assertThat(fault.problem()).contains("with this closure");
                        });
    }

    @Test
    void takesClosuresThatLeaveALineOpenEveryFewYears() {
        String allDays =
                IntStream.rangeClosed(1, 366)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
        OpeningHours hours =
                policy(
                                "starting: 2026-01-01, recurrence: "
                                        + "'FREQ=YEARLY;INTERVAL=3;BYYEARDAY="
                                        + allDays
                                        + "'}\n  - {row: own, name: the year after,"
                                        + " starting: 2027-01-01, recurrence: "
                                        + "'FREQ=YEARLY;INTERVAL=3;BYYEARDAY="
                                        + allDays
                                        + "'")
                        .hours(web(EN, BASIC));

        assertThat(hours.nextOpening(pacific("2026-06-01T00:00")))
                .contains(pacific("2028-01-03T12:00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "America/Phoenix",
                "Asia/Singapore",
                "America/Bogota",
                "Pacific/Honolulu",
                "Africa/Lagos",
                "Asia/Kolkata",
                "Etc/UTC"
            })
    void takesPlacesWhoseClocksNeverChangeNowadays(String zone) {
        assertThat(policy("weekly: tue, zone: " + zone).hours(chat(EN, ENTERPRISE))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    weekly: mon-sun, until: 2031-01-01
                    recurrence: FREQ=DAILY;UNTIL=20310101
                    recurrence: FREQ=DAILY;COUNT=900, starting: 2030-01-01
                    """)
    void takesClosuresThatEndOneDay(String days) {
        OpeningHours hours = policy(days).hours(web(EN, BASIC));

        assertThat(hours.nextOpening(pacific("2030-06-01T00:00"))).isPresent();
    }

    private SupportPolicy policy(String days) {
        return overPage("{row: own, name: a meeting, " + days + "}");
    }

    private SupportPolicy overPage(String closure) {
        return new OwnPolicy(folder).overPage("closures:\n  - " + closure + "\n");
    }

    private static Instant pacific(String local) {
        return LocalDateTime.parse(local).atZone(PACIFIC).toInstant();
    }

    private static Instant brasilia(String local) {
        return LocalDateTime.parse(local).atZone(BRASILIA).toInstant();
    }
}
