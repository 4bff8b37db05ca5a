package guichet.policy;

import static guichet.policy.Language.EN;
import static guichet.policy.Language.ES;
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
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

class SupportPageHoursTest {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final ZoneId BRASILIA = ZoneId.of("America/Sao_Paulo");

    private final SupportPolicy policy = SupportPolicy.load("support-page");

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T19:59:59.999Z, false",
        "2026-01-05T20:00:00Z, true",
        "2026-01-06T00:59:59.999Z, true",
        "2026-01-06T01:00:00Z, false",
        "2026-07-06T18:59:59.999Z, false",
        "2026-07-06T19:00:00Z, true",
        "2026-07-06T23:59:59.999Z, true",
        "2026-07-07T00:00:00Z, false",
        "2026-07-11T20:00:00Z, false"
    })
    void opensEnglishFromNoonToFivePacificOnWeekdaysH1(Instant at, boolean open) {
        for (Channel channel : Channel.values()) {
            assertThat(policy.hours(new Line(EN, BASIC, channel)).isOpen(at)).isEqualTo(open);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "09:00, true",
        "11:59:59, true",
        "12:00, false",
        "12:59:59, false",
        "13:00, true",
        "17:59:59, true",
        "18:00, false"
    })
    void opensPortugueseAndSpanishAroundTheLunchBreakOfBrasiliaH2(String time, boolean open) {
        for (String monday : new String[] {"2026-01-05", "2026-07-06"}) {
            Instant at = brasilia(monday + "T" + time);
            for (Channel channel : Channel.values()) {
                assertThat(policy.hours(new Line(PT, BASIC, channel)).isOpen(at)).isEqualTo(open);
                assertThat(policy.hours(new Line(ES, BASIC, channel)).isOpen(at)).isEqualTo(open);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Plan.class,
            names = {"TEAM", "AGENCY"})
    void keepsWebAndChatOpenDayAndNightOnWeekdaysForTeamAndAgencyH3(Plan plan) {
        OpeningHours web = policy.hours(web(PT, plan));
        OpeningHours chat = policy.hours(chat(EN, plan));

        assertThat(web.nextOpening(brasilia("2026-01-04T12:00")))
                .contains(brasilia("2026-01-05T00:00"));
        assertThat(web.nextClosing(brasilia("2026-01-05T00:00")))
                .contains(brasilia("2026-01-10T00:00"));
        assertThat(chat.nextOpening(pacific("2026-07-04T12:00")))
                .contains(pacific("2026-07-06T00:00"));
        assertThat(chat.nextClosing(pacific("2026-07-07T09:00")))
                .contains(pacific("2026-07-11T00:00"));
    }

    @Test
    void keepsEnterpriseWebAsTeamsH3() {
        assertThat(policy.hours(web(ES, ENTERPRISE)).nextClosing(brasilia("2026-07-06T00:00")))
                .contains(brasilia("2026-07-11T00:00"));
    }

    @Test
    void keepsEnterpriseChatOpenDayAndNightEveryDayH4() {
        OpeningHours hours = policy.hours(chat(PT, ENTERPRISE));

        assertThat(hours.isOpen(brasilia("2026-01-04T03:00"))).isTrue();
        assertThat(hours.isOpen(brasilia("2026-07-11T23:59:59"))).isTrue();
        assertThat(hours.openTime(brasilia("2026-07-04T00:00"), brasilia("2026-07-11T00:00")))
                .isEqualTo(Duration.ofHours(7 * 24 - 1));
    }

    @ParameterizedTest
    @EnumSource(Plan.class)
    void givesNoPlanLongerPhoneHoursH1H2(Plan plan) {
        assertThat(policy.hours(phone(EN, plan)).nextOpening(pacific("2026-01-07T17:00")))
                .contains(pacific("2026-01-08T12:00"));
        assertThat(policy.hours(phone(ES, plan)).nextOpening(brasilia("2026-07-08T12:00")))
                .contains(brasilia("2026-07-08T13:00"));
    }

    @Test
    void losesTheLunchBreakOnlyToTheTuesdayMeetingInBrazilInJulyH5() {
        OpeningHours hours = policy.hours(chat(PT, BASIC));

        assertThat(openOn("2026-07-07", hours)).isEqualTo(openOn("2026-07-08", hours));
        assertThat(openOn("2026-07-07", hours)).isEqualTo(Duration.ofHours(8));
    }

    @Test
    void losesOneToTwoToTheTuesdayMeetingInBrazilInJanuaryH5() {
        OpeningHours hours = policy.hours(phone(ES, BASIC));

        assertThat(hours.isOpen(brasilia("2026-01-06T13:00"))).isFalse();
        assertThat(hours.isOpen(brasilia("2026-01-06T13:59:59"))).isFalse();
        assertThat(hours.nextOpening(brasilia("2026-01-06T12:00")))
                .contains(brasilia("2026-01-06T14:00"));
        assertThat(openOn("2026-01-06", hours)).isEqualTo(Duration.ofHours(7));
    }

    @ParameterizedTest
    @CsvSource({"TEAM", "AGENCY", "ENTERPRISE"})
    void shutsChatForTheTuesdayMeetingOnEveryPlanH5(Plan plan) {
        OpeningHours english = policy.hours(chat(EN, plan));

        for (String tuesday : new String[] {"2026-01-06", "2026-07-07"}) {
            assertThat(english.nextClosing(pacific(tuesday + "T07:00")))
                    .contains(pacific(tuesday + "T08:00"));
            assertThat(english.nextOpening(pacific(tuesday + "T08:00")))
                    .contains(pacific(tuesday + "T09:00"));
        }
        assertThat(policy.hours(chat(PT, plan)).nextOpening(brasilia("2026-07-07T12:00")))
                .contains(brasilia("2026-07-07T13:00"));
    }

    @Test
    void leavesTheWebFormOpenDuringTheTuesdayMeetingH5() {
        assertThat(policy.hours(web(EN, TEAM)).isOpen(pacific("2026-07-07T08:30"))).isTrue();
        assertThat(policy.hours(web(PT, BASIC)).isOpen(brasilia("2026-01-06T13:30"))).isTrue();
    }

    @Test
    void namesTheNextOpeningOfAShutChatC6() {
        OpeningHours hours = policy.hours(chat(EN, BASIC));

        assertThat(hours.nextOpening(pacific("2026-07-10T17:00")))
                .contains(pacific("2026-07-13T12:00"));
        assertThat(hours.nextOpening(pacific("2026-07-10T16:59:59.999")))
                .contains(pacific("2026-07-10T16:59:59.999"));
        assertThat(hours.nextOpening(pacific("2026-01-09T17:00")))
                .contains(pacific("2026-01-12T12:00"));
        assertThat(policy.hours(chat(PT, BASIC)).nextOpening(brasilia("2026-01-09T12:00")))
                .contains(brasilia("2026-01-09T13:00"));
        assertThat(policy.hours(chat(EN, AGENCY)).nextOpening(pacific("2026-07-12T23:00")))
                .contains(pacific("2026-07-13T00:00"));
    }

    @Test
    void sharesTheHoursOfLinesWithTheSameRules() {
        assertThat(policy.hours(phone(EN, BASIC))).isSameAs(policy.hours(phone(EN, ENTERPRISE)));
        assertThat(policy.hours(phone(EN, BASIC))).isNotSameAs(policy.hours(web(EN, BASIC)));
    }

    private static Duration openOn(String day, OpeningHours hours) {
        return hours.openTime(
                brasilia(day + "T00:00"), brasilia(day + "T00:00").plus(Duration.ofDays(1)));
    }

    private static Instant pacific(String local) {
        return LocalDateTime.parse(local).atZone(PACIFIC).toInstant();
    }

    private static Instant brasilia(String local) {
        return LocalDateTime.parse(local).atZone(BRASILIA).toInstant();
    }
}
