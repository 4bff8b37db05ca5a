package guichet.policy;

import static guichet.policy.Language.EN;
import static guichet.policy.Language.PT;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Holds the support page to {@link MissionRows} and {@link SlowHours}. */
class ResponseTargetProperties {

    private static final int TRIES = 10_000;

    private final SupportPolicy policy = SupportPolicy.load("support-page");

    @Property(tries = TRIES)
    void isDueByTheDefinitionT1T2T3T4(
            @ForAll("lines") Line line, @ForAll("hardMoments") Instant created) {
        ResponseTarget target = policy.respondBy(line, Scope.IN, created).orElseThrow();

        assertThat(slow(line, created).due(MissionRows.target(line), created))
                .contains(target.due());
    }

    @Property(tries = TRIES)
    void isDueSoonWithFourFifthsOfTheOpenTimeBehind(
            @ForAll("lines") Line line, @ForAll("hardMoments") Instant created) {
        SlowHours slow = slow(line, created);

        ResponseTarget target = policy.respondBy(line, Scope.IN, created).orElseThrow();

        Duration whole = slow.openTime(created, target.due());
        Duration behind = slow.openTime(created, target.dueSoon());
        assertThat(target.openTime()).isEqualTo(whole);
        assertThat(behind).isEqualTo(Duration.ofMillis(whole.multipliedBy(4).toMillis() / 5));
        assertThat(target.dueSoon()).isBetween(created, target.due());
    }

    @Property(tries = TRIES)
    void isCountedInOpenTimeAndWarnsBeforeItIsDue(
            @ForAll("lines") Line line, @ForAll("moments") Instant created) {
        OpeningHours hours = policy.hours(line);

        ResponseTarget target = policy.respondBy(line, Scope.IN, created).orElseThrow();

        assertThat(target.openTime()).isPositive().isEqualTo(hours.openTime(created, target.due()));
        assertThat(target.dueSoon()).isBetween(created, target.due());
        assertThat(hours.isOpen(target.due().minusNanos(1))).isTrue();
    }

    @Property(tries = TRIES)
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

    /** A third near changes of an offset, a third near the beginnings of blocks. */
    @Provide
    Arbitrary<Instant> hardMoments() {
        return Arbitraries.randomValue(
                random -> {
                    RandomRota rota = new RandomRota(random);
                    ZoneId zone = MissionRows.zone(random.nextBoolean() ? EN : PT);
                    return rota.near(rota.moment(zone), Duration.ofDays(2));
                });
    }

    private static SlowHours slow(Line line, Instant created) {
        return new SlowHours(
                MissionRows.rota(line),
                created.minus(Duration.ofDays(2)).getEpochSecond(),
                created.plus(Duration.ofDays(8)).getEpochSecond());
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
