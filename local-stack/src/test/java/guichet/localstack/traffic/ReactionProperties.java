package guichet.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ReactionProperties {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Property(tries = 100)
    void isTheSameForTheSameSeedAndOffer(@ForAll long seed, @ForAll String offerId) {
        assertThat(Reaction.to(offerId, seed)).isEqualTo(Reaction.to(offerId, seed));
    }

    @Property(tries = 20)
    void isMostlyToTake(@ForAll long seed) {
        Map<Reaction.Kind, Long> kinds =
                IntStream.range(0, 5_000)
                        .mapToObj(number -> Reaction.to("offer-" + number, seed).kind())
                        .collect(
                                Collectors.groupingBy(
                                        kind -> kind,
                                        () -> new EnumMap<>(Reaction.Kind.class),
                                        Collectors.counting()));

        assertThat(kinds.get(Reaction.Kind.DECLINE)).isBetween(75L, 250L);
        assertThat(kinds.get(Reaction.Kind.OVERLOOK)).isBetween(40L, 180L);
    }

    @Property(tries = 100)
    void comesWithinAMomentOfAnOfferOfThreeSeconds(@ForAll long seed, @ForAll String offerId) {
        Instant at = Reaction.to(offerId, seed).at(NOON, NOON.plusSeconds(3));

        assertThat(at).isBetween(NOON.plusMillis(300), NOON.plusMillis(800));
    }
}
