package guichet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.time.LocalDate;

/** Holds {@link Days} to {@link DayRule}, which goes by the arithmetic of dates. */
class RecurrenceProperties {

    private static final LocalDate MIDDLE = LocalDate.of(2012, 5, 20);

    @Property(tries = 10_000)
    void comesTrueOnJustTheDatesOfTheRule(
            @ForAll("rules") DayRule rule,
            @ForAll @IntRange(min = -4000, max = 4000) int away,
            @ForAll @IntRange(max = 800) int days) {
        LocalDate first = MIDDLE.plusDays(away);

        assertThat(rule.days().between(first, first.plusDays(days)))
                .containsExactlyElementsOf(
                        first.datesUntil(first.plusDays(days + 1)).filter(rule::includes).toList());
    }

    @Provide
    Arbitrary<DayRule> rules() {
        return Arbitraries.randomValue(
                random -> {
                    LocalDate about = MIDDLE.plusDays(random.nextInt(-4000, 4000));
                    return new RandomRota(random).days(about);
                });
    }
}
