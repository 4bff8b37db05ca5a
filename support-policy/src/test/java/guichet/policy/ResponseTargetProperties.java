package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

import java.time.Instant;

class ResponseTargetProperties {

    private final SupportPolicy policy = SupportPolicy.load("support-page");

    @Property(tries = 1000)
    void isCountedInOpenTimeAndWarnsBeforeItIsDue(
            @ForAll("lines") Line line, @ForAll("moments") Instant created) {
        OpeningHours hours = policy.hours(line);

        ResponseTarget target = policy.respondBy(line, Scope.IN, created).orElseThrow();

        assertThat(target.openTime()).isPositive().isEqualTo(hours.openTime(created, target.due()));
        assertThat(target.dueSoon()).isBetween(created, target.due());
        assertThat(hours.isOpen(target.due().minusNanos(1))).isTrue();
    }

    @Property(tries = 1000)
    void neverMovesBackOnChatAndPhoneWhenTheContactComesLater(
            @ForAll("lines") Line line,
            @ForAll("moments") Instant created,
            @ForAll @LongRange(min = 0, max = 3 * 86_400_000) long millisLater) {
        if (line.channel() == Channel.WEB) {
            return;
        }
        Instant due = policy.respondBy(line, Scope.IN, created).orElseThrow().due();

        assertThat(
                        policy.respondBy(line, Scope.IN, created.plusMillis(millisLater))
                                .orElseThrow()
                                .due())
                .isAfterOrEqualTo(due);
    }

    @Provide
    Arbitrary<Line> lines() {
        return Arbitraries.of(Line.all());
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("2017-01-01T00:00:00Z").toEpochMilli(),
                        Instant.parse("2033-01-01T00:00:00Z").toEpochMilli())
                .map(Instant::ofEpochMilli);
    }
}
