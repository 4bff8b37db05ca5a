package guichet.benchmarks.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateSearchTest {

    private final RateSearch search = new RateSearch(new Figures());

    @Test
    void comesNearTheGreatestRateThatIsInTime() throws InterruptedException {
        assertThat(search.highest(1_000, rate -> late(rate <= 3_600 ? 200 : 201))).isEqualTo(3_500);
    }

    @Test
    void goesBelowTheFirstRateWhereThatIsTooMuch() throws InterruptedException {
        assertThat(search.highest(1_000, rate -> late(rate <= 600 ? 90 : 900))).isEqualTo(500);
    }

    private static Lateness late(int millis) {
        Lateness lateness = new Lateness();
        lateness.add(millis);
        return lateness;
    }
}
