package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

class DemoPolicyTest {

    private static final Instant SUNDAY_NIGHT = Instant.parse("2026-07-05T03:00:00.250Z");

    private final SupportPolicy policy = SupportPolicy.load("demo");

    @ParameterizedTest
    @CsvSource({
        "BASIC, WEB, 15",
        "BASIC, CHAT, 8",
        "TEAM, PHONE, 6",
        "AGENCY, WEB, 8",
        "ENTERPRISE, CHAT, 5",
        "AGENCY, PHONE, 4"
    })
    void countsSecondsAtAnyHour(Plan plan, Channel channel, long seconds) {
        for (Language language : Language.values()) {
            ResponseTarget target =
                    policy.respondBy(new Line(language, plan, channel), Scope.IN, SUNDAY_NIGHT)
                            .orElseThrow();

            assertThat(target.due()).isEqualTo(SUNDAY_NIGHT.plusSeconds(seconds));
            assertThat(target.dueSoon()).isEqualTo(SUNDAY_NIGHT.plusMillis(seconds * 600));
        }
    }

    @Test
    void neverCloses() {
        for (Line line : Line.all()) {
            assertThat(policy.hours(line).isOpen(SUNDAY_NIGHT)).isTrue();
            assertThat(policy.hours(line).nextClosing(SUNDAY_NIGHT)).isEmpty();
        }
    }

    @Test
    void limitsConversationsToSecondsE1E2() {
        assertThat(policy.conversationLimit(SUNDAY_NIGHT)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void knowsTheTopicsOfTheSupportPage() {
        assertThat(policy.topics(SUNDAY_NIGHT))
                .isEqualTo(SupportPolicy.load("support-page").topics(SUNDAY_NIGHT));
    }
}
