package guichet.policy;

import static guichet.policy.Language.EN;
import static guichet.policy.Language.PT;
import static guichet.policy.Lines.chat;
import static guichet.policy.Lines.phone;
import static guichet.policy.Lines.web;
import static guichet.policy.Plan.AGENCY;
import static guichet.policy.Plan.BASIC;
import static guichet.policy.Plan.ENTERPRISE;
import static guichet.policy.Plan.TEAM;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

/** All times are local to the line's language. */
class SupportPageTargetsTest {

    private final SupportPolicy policy = SupportPolicy.load("support-page");

    @ParameterizedTest
    @CsvSource({
        "2026-01-06T12:00, 2026-01-07T12:00",
        "2026-07-07T16:59:59.999, 2026-07-08T16:59:59.999",
        "2026-07-10T15:30, 2026-07-13T15:30",
        "2026-03-06T13:00, 2026-03-09T13:00",
        "2026-10-30T13:00, 2026-11-02T13:00"
    })
    void answersTheWebFormByTheSameTimeOnTheNextOpenDayT1(String created, String due) {
        assertThat(dueOf(web(EN, BASIC), created)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-06T11:59:59.999, 2026-01-06T17:00",
        "2026-01-06T17:00, 2026-01-07T17:00",
        "2026-07-10T17:00, 2026-07-13T17:00",
        "2026-07-11T15:00, 2026-07-13T17:00"
    })
    void answersWebFormsSentWhileClosedByTheCloseOfTheNextOpenDayT1(String created, String due) {
        assertThat(dueOf(web(EN, BASIC), created)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-06T11:30, 2026-01-07T11:30",
        "2026-07-07T12:30, 2026-07-07T18:00",
        "2026-07-10T17:30, 2026-07-13T17:30"
    })
    void countsTheLunchBreakAsClosedT1(String created, String due) {
        assertThat(dueOf(web(PT, BASIC), created)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"2026-07-10T23:59, 2026-07-13T23:59", "2026-01-10T10:00, 2026-01-13T00:00"})
    void endsTheDayOfRoundTheClockPlansAtMidnightT1(String created, String due) {
        assertThat(dueOf(web(EN, TEAM), created)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-07T12:00, 2026-01-07T12:15",
        "2026-07-08T16:45, 2026-07-08T17:00",
        "2026-07-08T16:50, 2026-07-09T12:05",
        "2026-07-10T16:50, 2026-07-13T12:05",
        "2026-01-10T10:00, 2026-01-12T12:15"
    })
    void answersChatsWithinFifteenOpenMinutesT2(String created, String due) {
        assertThat(dueOf(chat(EN, BASIC), created)).isEqualTo(due);
    }

    @Test
    void standsStillDuringTheTuesdayMeetingT2H5() {
        assertThat(dueOf(chat(EN, TEAM), "2026-07-07T07:50")).isEqualTo("2026-07-07T09:05");
        assertThat(dueOf(chat(PT, BASIC), "2026-01-06T11:50")).isEqualTo("2026-01-06T14:05");
        assertThat(dueOf(chat(PT, BASIC), "2026-07-07T11:50")).isEqualTo("2026-07-07T13:05");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-07T12:00, 2026-01-07T12:05",
        "2026-07-08T16:55, 2026-07-08T17:00",
        "2026-07-08T16:58, 2026-07-09T12:03"
    })
    void callsBackWithinFiveOpenMinutesT3(String created, String due) {
        assertThat(dueOf(phone(EN, TEAM), created)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"AGENCY", "ENTERPRISE"})
    void givesPriorityPlansShorterTimesT4(Plan plan) {
        assertThat(dueOf(chat(EN, plan), "2026-01-07T12:00")).isEqualTo("2026-01-07T12:05");
        assertThat(dueOf(phone(EN, plan), "2026-07-08T12:00")).isEqualTo("2026-07-08T12:02");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-06T08:00, 2026-01-06T20:00",
        "2026-07-10T18:00, 2026-07-13T06:00",
        "2026-07-11T10:00, 2026-07-13T12:00"
    })
    void answersWebFormsOfPriorityPlansWithinHalfABusinessDayT4(String created, String due) {
        assertThat(dueOf(web(EN, AGENCY), created)).isEqualTo(due);
        assertThat(dueOf(web(PT, ENTERPRISE), created)).isEqualTo(due);
    }

    @Test
    void warnsWhenFourFifthsOfTheOpenTimeHavePassed() {
        ResponseTarget chat = respondBy(chat(EN, BASIC), "2026-07-08T16:50");
        ResponseTarget web = respondBy(web(EN, BASIC), "2026-07-10T16:00");

        assertThat(chat.openTime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(local(chat(EN, BASIC), chat.dueSoon())).isEqualTo("2026-07-09T12:02");
        assertThat(web.openTime()).isEqualTo(Duration.ofHours(5));
        assertThat(local(web(EN, BASIC), web.dueSoon())).isEqualTo("2026-07-13T15:00");
    }

    @Test
    void namesTheRowsItApplied() {
        assertThat(respondBy(chat(EN, BASIC), "2026-07-08T12:00").reasons())
                .containsExactly(
                        "T2: chat, 15 minutes of open time",
                        "H1: en BASIC CHAT Mon-Fri 12:00-17:00 America/Los_Angeles",
                        "H5: closed for the weekly support meeting, weekly tue 08:00-09:00"
                                + " America/Los_Angeles");
        assertThat(respondBy(web(PT, AGENCY), "2026-07-08T12:00").reasons())
                .containsExactly(
                        "T4: AGENCY web, half a business day of open time",
                        "H3: pt AGENCY WEB Mon-Fri 00:00-24:00 America/Sao_Paulo");
    }

    private String dueOf(Line line, String created) {
        return local(line, respondBy(line, created).due());
    }

    private ResponseTarget respondBy(Line line, String created) {
        return policy.respondBy(
                        line,
                        Scope.IN,
                        LocalDateTime.parse(created).atZone(policy.hours(line).zone()).toInstant())
                .orElseThrow();
    }

    private String local(Line line, Instant instant) {
        return LocalDateTime.ofInstant(instant, policy.hours(line).zone()).toString();
    }
}
