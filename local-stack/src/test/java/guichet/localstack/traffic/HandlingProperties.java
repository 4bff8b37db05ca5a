package guichet.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

class HandlingProperties {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Property(tries = 100)
    void isTheSameForTheSameSeedAndContact(@ForAll long seed, @ForAll String contactId) {
        assertThat(Handling.ofUnplanned(seed, contactId))
                .isEqualTo(Handling.ofUnplanned(seed, contactId));
    }

    @Property(tries = 30)
    void isLateAndLongNowAndThen(@ForAll long seed) {
        var random = Randomness.from(seed);
        List<Handling> draws = Stream.generate(() -> Handling.draw(random)).limit(5_000).toList();

        assertThat(draws.stream().filter(h -> h.ofTarget() > 1).count()).isBetween(250L, 600L);
        assertThat(draws.stream().filter(h -> h.ofLimit() > 1).count()).isBetween(350L, 800L);
        assertThat(draws).allMatch(h -> h.ofTarget() > 0 && h.ofLimit() > 0);
    }

    @Example
    void scalesWithTheTarget() {
        Handling half = new Handling(0.5, 1.5);

        assertThat(half.answerAt(NOON, NOON.plusSeconds(8))).isEqualTo(NOON.plusSeconds(4));
        assertThat(half.talk(Duration.ofMinutes(30))).isEqualTo(Duration.ofMinutes(45));
    }
}
