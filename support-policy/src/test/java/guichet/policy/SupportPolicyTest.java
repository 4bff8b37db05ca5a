package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class SupportPolicyTest {

    private final SupportPolicy supportPage = SupportPolicy.load("support-page");

    @Test
    void givesChatFifteenMinutesT2() {
        Instant mondayNoon = Instant.parse("2026-07-06T19:00:00Z");

        ResponseTarget target =
                supportPage.respondBy(new Line(Language.EN, Plan.BASIC, Channel.CHAT), mondayNoon);

        assertThat(target.due()).isEqualTo("2026-07-06T19:15:00Z");
        assertThat(target.dueSoon()).isEqualTo("2026-07-06T19:12:00Z");
        assertThat(target.openTime()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void detectsTheLanguageOfATextL1() {
        assertThat(supportPage.languageOf(null, "Não consigo publicar o meu site, podem ajudar?"))
                .extracting(LanguageChoice::language)
                .isEqualTo(Language.PT);
    }
}
