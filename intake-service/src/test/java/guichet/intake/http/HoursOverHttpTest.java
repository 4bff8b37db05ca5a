package guichet.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import guichet.chassis.door.SettableClock;
import guichet.intake.Noticeboard;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@OverHttp
class HoursOverHttpTest {

    @Autowired Intake intake;
    @Autowired SettableClock clock;
    @Autowired Noticeboard noticeboard;

    @AfterEach
    void takeEverythingDown() {
        noticeboard.clear();
    }

    @Test
    void h1TellsWhetherTheWebFormIsOpenNowWithoutAnyParameter() {
        clock.set("2026-11-24T21:00:00Z");

        var hours = intake.get("/api/hours").body();

        assertThat(hours.get("language").stringValue()).isEqualTo("en");
        assertThat(hours.get("channel").stringValue()).isEqualTo("WEB");
        assertThat(hours.get("plan").stringValue()).isEqualTo("BASIC");
        assertThat(hours.get("open").booleanValue()).isTrue();
        assertThat(hours.get("nextOpening").isNull()).isTrue();
        assertThat(hours.get("nextClosing").stringValue()).isEqualTo("2026-11-25T01:00:00Z");
        assertThat(hours.get("zone").stringValue()).isEqualTo("America/Los_Angeles");
    }

    @Test
    void h2AnswersForAnotherLineAndInstant() {
        var hours =
                intake.get(
                                "/api/hours?language=pt-BR&channel=chat&plan=BASIC&at=2026-11-24T15:30:00Z")
                        .body();

        assertThat(hours.get("language").stringValue()).isEqualTo("pt");
        assertThat(hours.get("open").booleanValue()).isFalse();
        assertThat(hours.get("nextOpening").stringValue()).isEqualTo("2026-11-24T17:00:00Z");
        assertThat(hours.get("nextClosing").stringValue()).isEqualTo("2026-11-24T21:00:00Z");
        assertThat(hours.get("zone").stringValue()).isEqualTo("America/Sao_Paulo");
    }

    @ParameterizedTest
    @CsvSource({"TEAM, CHAT", "TEAM, WEB", "AGENCY, CHAT", "AGENCY, WEB", "ENTERPRISE, WEB"})
    void h3IsOpenDayAndNightFromMondayToFriday(String plan, String channel) {
        String line = "/api/hours?channel=%s&plan=%s&at=".formatted(channel, plan);
        var wednesdayNight = intake.get(line + "2026-11-25T10:00:00Z").body();
        var saturday = intake.get(line + "2026-11-28T10:00:00Z").body();

        assertThat(wednesdayNight.get("open").booleanValue()).isTrue();
        assertThat(wednesdayNight.get("nextClosing").stringValue())
                .isEqualTo("2026-11-28T08:00:00Z");
        assertThat(saturday.get("open").booleanValue()).isFalse();
        assertThat(saturday.get("nextOpening").stringValue()).isEqualTo("2026-11-30T08:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"CHAT, false", "PHONE, false", "WEB, true"})
    void h5ShutsPhoneAndChatForTheWeeklyMeetingAndNotTheWebForm(String channel, boolean open) {
        var hours =
                intake.get(
                                "/api/hours?language=pt&channel=%s&at=2026-11-24T16:30:00Z"
                                        .formatted(channel))
                        .body();

        assertThat(hours.get("open").booleanValue())
                .as("at 13:30 in Brasília, 8:30 in California")
                .isEqualTo(open);
    }

    @Test
    void h4NeverClosesEnterpriseChatButForMeetings() {
        var hours =
                intake.get("/api/hours?channel=CHAT&plan=ENTERPRISE&at=2026-11-29T08:00:00Z")
                        .body();

        assertThat(hours.get("open").booleanValue()).isTrue();
        assertThat(hours.get("nextClosing").stringValue()).isEqualTo("2026-12-01T16:00:00Z");
    }

    @Test
    void h1TellsTheComingWeekInTheAskersZone() {
        clock.set("2026-11-25T20:30:00Z");

        var hours = intake.get("/api/hours?channel=CHAT&zone=Europe/Madrid").body();

        assertThat(hours.get("nextChange").stringValue()).isEqualTo("2026-11-26T01:00:00Z");
        var week = hours.get("week");
        assertThat(week.get("zone").stringValue()).isEqualTo("Europe/Madrid");
        assertThat(week.get("openings").valueStream())
                .extracting(
                        opening -> opening.get("from").stringValue(),
                        opening -> opening.get("to").stringValue(),
                        opening -> opening.get("fromLocal").stringValue(),
                        opening -> opening.get("toLocal").stringValue())
                .startsWith(
                        tuple(
                                "2026-11-25T20:30:00Z",
                                "2026-11-26T01:00:00Z",
                                "2026-11-25T21:30:00",
                                "2026-11-26T02:00:00"))
                .endsWith(
                        tuple(
                                "2026-12-02T20:00:00Z",
                                "2026-12-02T20:30:00Z",
                                "2026-12-02T21:00:00",
                                "2026-12-02T21:30:00"))
                .hasSize(6);
    }

    @Test
    void h2TellsTheWeekInTheLinesZoneWhereNoneIsAskedFor() {
        var week = intake.get("/api/hours?language=es&at=2026-11-25T10:00:00Z").body().get("week");

        assertThat(week.get("zone").stringValue()).isEqualTo("America/Sao_Paulo");
        assertThat(week.get("openings").get(0).get("fromLocal").stringValue())
                .isEqualTo("2026-11-25T09:00:00");
    }

    @Test
    void h6LeavesAnnouncedClosuresOut() {
        clock.set("2026-11-25T20:30:00Z");
        noticeboard.announce(Noticeboard.closure("2026-11-25T20:00:00Z", "2026-11-25T21:00:00Z"));

        var chat = intake.get("/api/hours?channel=CHAT").body();
        var web = intake.get("/api/hours?channel=WEB").body();

        assertThat(chat.get("open").booleanValue()).isFalse();
        assertThat(chat.get("nextOpening").stringValue()).isEqualTo("2026-11-25T21:00:00Z");
        assertThat(chat.get("nextChange").stringValue()).isEqualTo("2026-11-25T21:00:00Z");
        assertThat(chat.get("week").get("openings").get(0).get("from").stringValue())
                .isEqualTo("2026-11-25T21:00:00Z");
        assertThat(web.get("open").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Madrid", "-03:00", "UTC%2B2", "../Madrid"})
    void refusesAZoneThatIsNoNameOfTheIanaDatabase(String zone) {
        var response = intake.get("/api/hours?zone=" + zone);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.message("zone")).contains("IANA", "Europe/Madrid");
    }

    @Test
    void namesEveryFaultyParameter() {
        var response = intake.get("/api/hours?channel=FAX&plan=GOLD&at=yesterday&colour=red");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().get("errors").size()).isEqualTo(4);
        assertThat(response.message("channel")).contains("WEB, CHAT, PHONE");
    }
}
