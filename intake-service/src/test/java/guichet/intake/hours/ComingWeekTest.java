package guichet.intake.hours;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

class ComingWeekTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    private final SupportPolicy policy = SupportPolicy.load("support-page");

    @Test
    void h4EndsAtTheSameLocalTimeAlsoWhereTheClocksChange() {
        ComingWeek week = week(Plan.ENTERPRISE, "2026-03-25T11:00:00Z");

        ComingWeek.Opening last = week.openings().getLast();
        assertThat(week.openings().getFirst().fromLocal())
                .isEqualTo(LocalDateTime.parse("2026-03-25T12:00:00"));
        assertThat(last.to()).isEqualTo("2026-04-01T10:00:00Z");
        assertThat(last.toLocal()).isEqualTo(LocalDateTime.parse("2026-04-01T12:00:00"));
    }

    @Test
    void h5LeavesTheWeeklyMeetingOut() {
        ComingWeek week = week(Plan.ENTERPRISE, "2026-03-25T11:00:00Z");

        assertThat(week.openings()).hasSize(2);
        assertThat(week.openings().getFirst().to()).isEqualTo("2026-03-31T15:00:00Z");
        assertThat(week.openings().getLast().from()).isEqualTo("2026-03-31T16:00:00Z");
    }

    @Test
    void h1BeginsAtAnOpeningAndNotAtAClosing() {
        assertThat(week(Plan.BASIC, "2026-11-25T20:00:00Z").openings().getFirst().from())
                .isEqualTo("2026-11-25T20:00:00Z");
        assertThat(week(Plan.BASIC, "2026-11-26T01:00:00Z").openings().getFirst().from())
                .isEqualTo("2026-11-26T20:00:00Z");
    }

    private ComingWeek week(Plan plan, String from) {
        OpeningHours hours = policy.hours(new Line(Language.EN, plan, Channel.CHAT));
        return ComingWeek.of(hours, Instant.parse(from), MADRID);
    }
}
