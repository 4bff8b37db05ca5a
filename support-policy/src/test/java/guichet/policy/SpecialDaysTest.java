package guichet.policy;

import static guichet.policy.Language.EN;
import static guichet.policy.Language.PT;
import static guichet.policy.Lines.chat;
import static guichet.policy.Lines.phone;
import static guichet.policy.Lines.web;
import static guichet.policy.Plan.BASIC;
import static guichet.policy.Plan.TEAM;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

class SpecialDaysTest {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    @TempDir Path folder;

    @Test
    void haveTheirOwnHoursInsteadOfTheWeeks() {
        OpeningHours hours =
                overPage("{row: own, name: eve, dates: [2026-12-24], times: [08:00-10:00]}")
                        .hours(web(EN, BASIC));

        assertThat(hours.openings(pacific("2026-12-23T18:00"), pacific("2026-12-25T18:00")))
                .containsExactly(
                        new OpenSpan(pacific("2026-12-24T08:00"), pacific("2026-12-24T10:00")),
                        new OpenSpan(pacific("2026-12-25T12:00"), pacific("2026-12-25T17:00")));
    }

    @Test
    void openALineOnADayOffToo() {
        OpeningHours hours =
                overPage("{row: own, name: sale, dates: [2026-11-28], times: [09:00-24:00]}")
                        .hours(phone(EN, TEAM));

        assertThat(hours.nextOpening(pacific("2026-11-28T00:00")))
                .contains(pacific("2026-11-28T09:00"));
    }

    @Test
    void areShutAllDayWithoutTimes() {
        OpeningHours hours =
                overPage("{row: own, name: holiday, dates: [2026-12-25], times: []}")
                        .hours(chat(EN, TEAM));

        assertThat(hours.nextClosing(pacific("2026-12-24T12:00")))
                .contains(pacific("2026-12-25T00:00"));
        assertThat(hours.nextOpening(pacific("2026-12-25T00:00")))
                .contains(pacific("2026-12-28T00:00"));
    }

    @Test
    void stillLoseTheirClosuresH5() {
        OpeningHours hours =
                overPage("{row: own, name: early, dates: [2026-12-22], times: [07:00-10:00]}")
                        .hours(chat(EN, BASIC));

        assertThat(hours.nextClosing(pacific("2026-12-22T07:30")))
                .contains(pacific("2026-12-22T08:00"));
        assertThat(hours.nextOpening(pacific("2026-12-22T08:00")))
                .contains(pacific("2026-12-22T09:00"));
    }

    @Test
    void followTheRuleThatNamesMostOfTheLine() {
        SupportPolicy policy =
                overPage(
                        """
                        {row: own, name: day off, dates: [2026-12-24], times: []}
                          - {row: own, name: half day, languages: [en], channels: [chat],
                             dates: [2026-12-24], times: [12:00-14:00]}\
                        """);

        assertThat(policy.hours(chat(EN, BASIC)).isOpen(pacific("2026-12-24T13:00"))).isTrue();
        assertThat(policy.hours(web(EN, BASIC)).isOpen(pacific("2026-12-24T13:00"))).isFalse();
        assertThat(policy.hours(chat(PT, BASIC)).isOpen(pacific("2026-12-24T06:00"))).isFalse();
    }

    @Test
    void countAsBusinessDaysWhenTheyOpenT1() {
        SupportPolicy policy =
                overPage("{row: own, name: sale, dates: [2026-11-28], times: [09:00-12:00]}");

        assertThat(
                        policy.respondBy(web(EN, BASIC), Scope.IN, pacific("2026-11-27T15:00"))
                                .orElseThrow()
                                .due())
                .isEqualTo(pacific("2026-11-28T12:00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    dates: [24 December], times: []         | '24 December' is not a valid 'dates'
                    dates: [2026-12-24]                     | 'times' is missing
                    dates: [], times: []                    | 'dates' names none
                    dates: [2100-01-01], times: []          | '2100-01-01' is not a valid 'dates'
                    times: []                               | 'dates' is missing
                    dates: [2026-12-24], times: [9-12]      | '9-12' is not a valid 'times'
                    dates: [2026-12-24], times: [], zone: X | 'zone' is unknown
                    """)
    void nameTheLineOfAFault(String rule, String problem) {
        new OwnPolicy(folder)
                .refusesOverPage(
                        "special-days:\n  - {row: own, name: x, " + rule + "}\n", 3, problem);
    }

    @Test
    void refuseTwoRulesThatFitADateEquallyWell() {
        assertThat(
                        new OwnPolicy(folder)
                                .faultsOverPage(
                                        """
                                        special-days:
                                          - {row: own, name: x, languages: [en], dates: [2026-12-24], times: []}
                                          - {row: own, name: y, channels: [web], dates: [2026-12-24], times: []}
                                        """))
                .singleElement()
                .hasToString(
                        "line 4: this rule and that of line 3 fit en BASIC WEB equally well on"
                                + " 2026-12-24; let one of the two name fewer languages, plans or"
                                + " channels");
    }

    @Test
    void followTheRuleThatNamesMostOfTheLineWhereTheOthersTie() {
        String rules =
                """
                {row: own, name: x, languages: [en], dates: [2026-12-24], times: []}
                  - {row: own, name: y, channels: [web], dates: [2026-12-24], times: []}
                  - {row: own, name: z, languages: [en], channels: [web],
                     dates: [2026-12-24], times: [08:00-10:00]}\
                """;

        assertThat(overPage(rules).hours(web(EN, BASIC)).isOpen(pacific("2026-12-24T09:00")))
                .isTrue();
    }

    @Test
    void mayNameADateTwice() {
        OpeningHours hours =
                overPage("{row: own, name: x, dates: [2026-12-24, 2026-12-24], times: []}")
                        .hours(web(EN, BASIC));

        assertThat(hours.nextOpening(pacific("2026-12-24T00:00")))
                .contains(pacific("2026-12-25T12:00"));
    }

    @Test
    void areLeftOutOfTheSearchForTiesWhereTheirLinesCannotBeRead() {
        assertThat(
                        new OwnPolicy(folder)
                                .faultsOverPage(
                                        """
                                        special-days:
                                          - {row: own, name: x, dates: [2026-12-24], times: []}
                                          - {row: own, name: y, channels: web, dates: [2026-12-24], times: []}
                                        """))
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem()).contains("is not a list"));
    }

    private SupportPolicy overPage(String rule) {
        return new OwnPolicy(folder).overPage("special-days:\n  - " + rule + "\n");
    }

    private static Instant pacific(String local) {
        return LocalDateTime.parse(local).atZone(PACIFIC).toInstant();
    }
}
