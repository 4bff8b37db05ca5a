package guichet.benchmarks.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class LatenessTest {

    private final Lateness lateness = new Lateness();

    @Test
    void tellsWhatAShareWasNotLaterThan() {
        IntStream.rangeClosed(1, 100).forEach(lateness::add);

        assertThat(lateness.percentile(0.5)).isEqualTo(50);
        assertThat(lateness.percentile(0.99)).isEqualTo(99);
        assertThat(lateness.percentile(1)).isEqualTo(100);
        assertThat(lateness.max()).isEqualTo(100);
    }

    @Test
    void isMeasuredByTheWorstWhereThereAreFew() {
        lateness.add(3);
        lateness.add(700);

        assertThat(lateness.percentile(0.5)).isEqualTo(3);
        assertThat(lateness.percentile(0.99)).isEqualTo(700);
    }

    @Test
    void countsWhatIsLongerThanTenMinutesAsThat() {
        lateness.add(3_600_000);

        assertThat(lateness.max()).isEqualTo(600_000);
        assertThat(lateness.percentile(0.99)).isEqualTo(600_000);
    }

    @Test
    void isNothingWhereNothingWasCounted() {
        assertThat(lateness.percentile(0.99)).isZero();
        assertThat(lateness.max()).isZero();
    }
}
