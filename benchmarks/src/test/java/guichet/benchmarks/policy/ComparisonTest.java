package guichet.benchmarks.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void keepsALimitThatItReaches() {
        Comparison comparison = costing(50);

        assertThat(comparison.isWithinLimit()).isTrue();
        assertThat(comparison).asString().contains("8.0x").endsWith("kept");
    }

    @Test
    void missesALimitThatItPasses() {
        Comparison comparison = costing(50.1);

        assertThat(comparison.isWithinLimit()).isFalse();
        assertThat(comparison).asString().endsWith("MISSED");
    }

    private static Comparison costing(double nanos) {
        return new Comparison("is open", new Figure(nanos, 1, 0), new Figure(400, 9, 96), 50);
    }
}
