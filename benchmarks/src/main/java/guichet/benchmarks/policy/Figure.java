package guichet.benchmarks.policy;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

import java.util.Locale;
import java.util.Objects;

/**
 * What a call costs.
 *
 * @param nanos of processor time, on average
 * @param error half of the 99.9 % confidence interval of {@code nanos}
 * @param bytes allocated
 */
record Figure(double nanos, double error, double bytes) {

    static Figure of(RunResult measured) {
        Result<?> time = result(measured, CpuTime.NAME);
        return new Figure(
                time.getScore(),
                time.getScoreError(),
                result(measured, "gc.alloc.rate.norm").getScore());
    }

    private static Result<?> result(RunResult measured, String name) {
        return Objects.requireNonNull(measured.getSecondaryResults().get(name));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,11.1f ± %,8.1f ns %,9.0f B", nanos, error, bytes);
    }
}
