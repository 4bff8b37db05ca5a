package guichet.routing.matching;

import guichet.benchmarks.policy.CpuTime;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Measures the matching engine and holds it to its limits. */
public final class MatchingFigures {

    private static final double DECISIONS_A_SECOND = 200_000;

    /** What a decision may cost with ten times as many waiting. */
    private static final double MANY_WAITING_LIMIT = 1.3;

    private MatchingFigures() {}

    /** Prints the figures; exits with 1 where a limit is missed. */
    public static void main(String[] args) throws RunnerException {
        String log = "target/matching-figures.log";
        System.out.println("Measuring for about 2 minutes; JMH's own words go to " + log + " ...");
        Collection<RunResult> measured = measure(log);
        double few = nanos(measured, "10000");
        double many = nanos(measured, "100000");
        boolean fast = TimeUnit.SECONDS.toNanos(1) / few >= DECISIONS_A_SECOND;
        boolean level = many / few <= MANY_WAITING_LIMIT;
        print("10,000 waiting", few, bytes(measured, "10000"));
        print("100,000 waiting", many, bytes(measured, "100000"));
        System.out.printf(
                Locale.ROOT,
                "at least %,.0f decisions a second with 10,000 waiting: %s%n",
                DECISIONS_A_SECOND,
                fast ? "kept" : "MISSED");
        System.out.printf(
                Locale.ROOT,
                "%.2f times the cost with 100,000 waiting, limit %.1f: %s%n",
                many / few,
                MANY_WAITING_LIMIT,
                level ? "kept" : "MISSED");
        System.exit(fast && level ? 0 : 1);
    }

    private static Collection<RunResult> measure(String log) throws RunnerException {
        return new Runner(
                        new OptionsBuilder()
                                .include(MatchingBenchmark.class.getName())
                                .mode(Mode.AverageTime)
                                .timeUnit(TimeUnit.NANOSECONDS)
                                .forks(3)
                                .warmupIterations(6)
                                .warmupTime(TimeValue.seconds(1))
                                .measurementIterations(6)
                                .measurementTime(TimeValue.seconds(1))
                                .jvmArgsAppend("-Xms2g", "-Xmx2g")
                                .addProfiler(CpuTime.class)
                                .addProfiler("gc")
                                .shouldFailOnError(true)
                                .output(log)
                                .build())
                .run();
    }

    private static void print(String what, double nanos, double bytes) {
        System.out.printf(
                Locale.ROOT,
                "%-16s %,8.0f ns %,8.0f B a decision, %,10.0f decisions a second%n",
                what,
                nanos,
                bytes,
                TimeUnit.SECONDS.toNanos(1) / nanos);
    }

    private static double nanos(Collection<RunResult> measured, String waiting) {
        return secondary(measured, waiting, "cpu");
    }

    private static double bytes(Collection<RunResult> measured, String waiting) {
        return secondary(measured, waiting, "gc.alloc.rate.norm");
    }

    private static double secondary(Collection<RunResult> measured, String waiting, String name) {
        Result<?> result =
                measured.stream()
                        .filter(it -> it.getParams().getParam("waiting").equals(waiting))
                        .map(it -> it.getSecondaryResults().get(name))
                        .findFirst()
                        .orElseThrow();
        return Objects.requireNonNull(result).getScore();
    }
}
