package guichet.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Priority;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class MatchingMetricsTest {

    private static final Instant MORNING = Instant.parse("2026-01-07T14:00:00Z");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MatchingMetrics metrics = new MatchingMetrics(registry);

    @Test
    void aWaitOfTwentyMinutesCountsUpToThirtyAndNotUpToFifteen() {
        assigned(Duration.ofMinutes(20));

        assertThat(bucket("guichet_time_to_assignment_seconds", "900.0")).isZero();
        assertThat(bucket("guichet_time_to_assignment_seconds", "1800.0")).isOne();
    }

    @Test
    void aTicketThatWaitedOverAWeekendIsToldFromOneThatWaitedForADay() {
        offered(Duration.ofHours(70));

        assertThat(bucket("guichet_time_to_offer_seconds", "86400.0")).isZero();
        assertThat(bucket("guichet_time_to_offer_seconds", "345600.0")).isOne();
    }

    @Test
    void whoComesBackFromAnAgentIsNotCountedAgain() {
        ContactState back = contact().assigned("ana").waiting(MORNING.plusSeconds(60));

        metrics.count(assignment(Duration.ofMinutes(20)), back.assigned("ben"));

        assertThat(bucket("guichet_time_to_assignment_seconds", "+Inf")).isZero();
        assertThat(sample("guichet_wait_estimate_error_seconds_count")).isZero();
        assertThat(back.waitingSince()).isEqualTo(MORNING.plusSeconds(60));
    }

    @Test
    void theEstimateIsHeldAgainstTheWaitThatItWasGivenFor() {
        metrics.count(
                new Decision.Assigned(
                        "c-1",
                        "c-1/1",
                        "ana",
                        MORNING.plusSeconds(3_600),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(60)),
                contact().assigned("ana"));

        assertThat(sample("guichet_wait_estimate_error_seconds_sum")).isEqualTo(30);
    }

    private void assigned(Duration waited) {
        metrics.count(assignment(waited), contact().assigned("ana"));
    }

    private static Decision.Assigned assignment(Duration waited) {
        return new Decision.Assigned("c-1", "c-1/1", "ana", MORNING.plus(waited), waited, waited);
    }

    private void offered(Duration waited) {
        Instant now = MORNING.plus(waited);
        Instant expiry = now.plusSeconds(20);
        metrics.count(
                new Decision.Offered("c-1", "c-1/1", "ana", now, expiry, List.of("alone")),
                contact().offered("ana", expiry));
    }

    private static ContactState contact() {
        return ContactState.of(
                new Happening.Queued(
                        "c-1",
                        Language.ES,
                        Channel.CHAT,
                        Priority.NORMAL,
                        MORNING,
                        null,
                        Duration.ZERO,
                        null),
                MORNING.plusSeconds(60),
                MORNING);
    }

    private double bucket(String timer, String upTo) {
        return figure(
                "%s_bucket{channel=\"CHAT\",language=\"es\",le=\"%s\"} ".formatted(timer, upTo));
    }

    private double sample(String name) {
        return figure("%s{channel=\"CHAT\",language=\"es\"} ".formatted(name));
    }

    private double figure(String series) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElseThrow();
    }
}
