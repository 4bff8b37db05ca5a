package guichet.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import guichet.events.Channel;
import guichet.localstack.platform.DemoPerson;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ArrivalPlanProperties {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    @Property(tries = 50)
    void isTheSameForTheSameSeed(@ForAll long seed) {
        assertThat(first(200, new ArrivalPlan(seed, MIDNIGHT, 1)))
                .isEqualTo(first(200, new ArrivalPlan(seed, MIDNIGHT, 1)));
    }

    @Property(tries = 50)
    void isAnotherForAnotherSeed(@ForAll @IntRange(max = 1_000_000) int seed) {
        assertThat(first(50, new ArrivalPlan(seed, MIDNIGHT, 1)))
                .isNotEqualTo(first(50, new ArrivalPlan(seed + 1, MIDNIGHT, 1)));
    }

    @Property(tries = 50)
    void goesForwardInTime(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.1, max = 20) double rate) {
        List<Instant> times =
                first(200, new ArrivalPlan(seed, MIDNIGHT, rate)).stream()
                        .map(Arrival::at)
                        .toList();

        assertThat(times).isSorted().allMatch(MIDNIGHT::isBefore);
    }

    /** Counts of an hour lie within five standard deviations of the table's rate. */
    @Property(tries = 100)
    void keepsToTheRateOfEachLanguageAndHour(
            @ForAll long seed, @ForAll @IntRange(max = 23) int hour, @ForAll Tongue tongue) {
        Instant start = MIDNIGHT.plus(Duration.ofHours(hour));
        Instant end = start.plus(Duration.ofHours(1));

        long count =
                new ArrivalPlan(seed, start, 1)
                        .arrivals()
                        .takeWhile(arrival -> arrival.at().isBefore(end))
                        .filter(arrival -> arrival.tongue() == tongue)
                        .count();

        double expected = tongue.perSecond(start) * 3600;
        assertThat((double) count).isCloseTo(expected, within(5 * Math.sqrt(expected) + 6));
    }

    @Property(tries = 50)
    void comesAsOftenAsTheRateSays(
            @ForAll long seed, @ForAll @DoubleRange(min = 0.5, max = 10) double rate) {
        Instant end = MIDNIGHT.plus(Duration.ofMinutes(30));

        long count =
                new ArrivalPlan(seed, MIDNIGHT, rate)
                        .arrivals()
                        .takeWhile(arrival -> arrival.at().isBefore(end))
                        .count();

        double expected =
                rate * 1800 * Tongue.all().stream().mapToDouble(t -> t.perSecond(MIDNIGHT)).sum();
        assertThat((double) count).isCloseTo(expected, within(5 * Math.sqrt(expected) + 6));
    }

    @Property(tries = 50)
    void hasCustomersWhoHaveOnePlanEach(@ForAll long seed) {
        Map<String, Set<DemoPerson>> plans =
                first(1_000, new ArrivalPlan(seed, MIDNIGHT, 1)).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Arrival::customer,
                                        Collectors.mapping(Arrival::person, Collectors.toSet())));

        assertThat(plans).hasSizeBetween(100, 200);
        assertThat(plans.values()).allMatch(ofOne -> ofOne.size() == 1);
    }

    @Property(tries = 50)
    void opensWithASceneThatShowsEveryCase(@ForAll long seed) {
        List<Arrival> scene =
                new ArrivalPlan(seed, MIDNIGHT, 1)
                        .arrivals()
                        .takeWhile(arrival -> arrival.at().isBefore(MIDNIGHT.plusSeconds(4)))
                        .filter(arrival -> arrival.number() < 6)
                        .toList();

        assertThat(scene.stream().map(Arrival::tongue)).contains(Tongue.values());
        assertThat(scene).anyMatch(a -> a.handling().ofTarget() < 0.5);
        assertThat(scene)
                .anyMatch(a -> a.handling().ofTarget() > 0.7 && a.handling().ofTarget() < 0.95);
        assertThat(scene).anyMatch(a -> a.handling().ofTarget() > 1.2);
        assertThat(
                        scene.stream()
                                .filter(a -> a.handling().ofLimit() > 1.2)
                                .map(Arrival::channel)
                                .collect(Collectors.toSet()))
                .contains(Channel.CHAT, Channel.PHONE);
    }

    @Example
    void averagesTheDayToTheStatedRate() {
        double day =
                IntStream.range(0, 24)
                        .mapToObj(hour -> MIDNIGHT.plus(Duration.ofHours(hour)))
                        .flatMapToDouble(
                                at -> Tongue.all().stream().mapToDouble(t -> t.perSecond(at)))
                        .sum();

        assertThat(day / 24).isCloseTo(Tongue.AVERAGE_PER_SECOND, within(0.01));
    }

    private static List<Arrival> first(int count, ArrivalPlan plan) {
        return plan.arrivals().limit(count).toList();
    }
}
