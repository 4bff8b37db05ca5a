package guichet.benchmarks.policy;

import static guichet.benchmarks.policy.DueQuestion.A_YEAR_OF_BUSINESS_DAYS;
import static guichet.benchmarks.policy.DueQuestion.A_YEAR_OF_OPEN_TIME;
import static guichet.benchmarks.policy.DueQuestion.CHAT;
import static guichet.benchmarks.policy.DueQuestion.ONE_BUSINESS_DAY;
import static guichet.benchmarks.policy.DueQuestion.ONE_DAY_OF_OPEN_TIME;
import static guichet.benchmarks.policy.DueQuestion.PHONE;
import static guichet.benchmarks.policy.DueQuestion.WEB;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Measures the policy beside the baseline and holds it to its limits. */
public final class PolicyFigures {

    private static final double IS_OPEN_LIMIT = 50;
    private static final double CHAT_AND_PHONE_LIMIT = 500;
    private static final double WEB_LIMIT = 1000;

    /** How many times as much as a target of 1 day one of 365 days may cost. */
    private static final double FAR_AHEAD_LIMIT = 3;

    private final Collection<RunResult> measured;

    private PolicyFigures(Collection<RunResult> measured) {
        this.measured = measured;
    }

    /** Prints the table; exits with 1 where a limit is missed. */
    public static void main(String[] args) throws RunnerException {
        String log = "target/policy-figures.log";
        System.out.println("Measuring for about 4 minutes; JMH's own words go to " + log + " ...");
        PolicyFigures figures = new PolicyFigures(measure(log));
        List<Comparison> comparisons = figures.comparisons();
        System.out.println(Comparison.HEADING);
        comparisons.forEach(System.out::println);
        System.out.println("Announcing a year of closures and asking each of the 36 lines once:");
        System.out.println(figures.figure(AnnouncingBenchmark.class, "guichet"));
        System.exit(comparisons.stream().allMatch(Comparison::isWithinLimit) ? 0 : 1);
    }

    private static Collection<RunResult> measure(String log) throws RunnerException {
        TimeValue halfASecond = TimeValue.milliseconds(500);
        return new Runner(
                        new OptionsBuilder()
                                .include("^guichet\\.benchmarks\\.policy\\.")
                                .mode(Mode.AverageTime)
                                .timeUnit(TimeUnit.NANOSECONDS)
                                .forks(2)
                                .warmupIterations(4)
                                .warmupTime(halfASecond)
                                .measurementIterations(6)
                                .measurementTime(halfASecond)
                                .addProfiler(CpuTime.class)
                                .addProfiler(GCProfiler.class)
                                .shouldFailOnError(true)
                                .output(log)
                                .build())
                .run();
    }

    private List<Comparison> comparisons() {
        return List.of(
                new Comparison(
                        "is open",
                        figure(IsOpenBenchmark.class, "guichet"),
                        figure(IsOpenBenchmark.class, "dayByDay"),
                        IS_OPEN_LIMIT),
                due(CHAT, CHAT_AND_PHONE_LIMIT),
                due(PHONE, CHAT_AND_PHONE_LIMIT),
                due(WEB, WEB_LIMIT),
                due(ONE_DAY_OF_OPEN_TIME, CHAT_AND_PHONE_LIMIT),
                due(A_YEAR_OF_OPEN_TIME, farAhead(ONE_DAY_OF_OPEN_TIME)),
                due(ONE_BUSINESS_DAY, WEB_LIMIT),
                due(A_YEAR_OF_BUSINESS_DAYS, farAhead(ONE_BUSINESS_DAY)));
    }

    private Comparison due(DueQuestion question, double limit) {
        return new Comparison(
                question.inWords(), due(question, "guichet"), due(question, "dayByDay"), limit);
    }

    private double farAhead(DueQuestion near) {
        return FAR_AHEAD_LIMIT * due(near, "guichet").nanos();
    }

    private Figure due(DueQuestion question, String method) {
        return figure(
                DueBenchmark.class,
                method,
                params -> question.name().equals(params.getParam("question")));
    }

    private Figure figure(Class<?> benchmark, String method) {
        return figure(benchmark, method, params -> true);
    }

    private Figure figure(Class<?> benchmark, String method, Predicate<BenchmarkParams> which) {
        String name = benchmark.getName() + "." + method;
        return measured.stream()
                .filter(result -> result.getParams().getBenchmark().equals(name))
                .filter(result -> which.test(result.getParams()))
                .map(Figure::of)
                .findFirst()
                .orElseThrow();
    }
}
