package guichet.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.SettableClock;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OverHttp
class HoursOverHttpTest {

    @Autowired Intake intake;
    @Autowired SettableClock clock;

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

    @Test
    void h4NeverClosesEnterpriseChatButForMeetings() {
        var hours =
                intake.get("/api/hours?channel=CHAT&plan=ENTERPRISE&at=2026-11-29T08:00:00Z")
                        .body();

        assertThat(hours.get("open").booleanValue()).isTrue();
        assertThat(hours.get("nextClosing").stringValue()).isEqualTo("2026-12-01T16:00:00Z");
    }

    @Test
    void namesEveryFaultyParameter() {
        var response = intake.get("/api/hours?channel=FAX&plan=GOLD&at=yesterday&colour=red");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body().get("errors").size()).isEqualTo(4);
        assertThat(response.message("channel")).contains("WEB, CHAT, PHONE");
    }
}
