package guichet.benchmarks.policy;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;

/**
 * Tells the processor time of a call, in nanoseconds: what passes by the clock as well while a
 * neighbour has the processor is not the call's cost. Compiler and collector are not in it.
 */
public final class CpuTime implements InternalProfiler {

    static final String NAME = "cpu";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long before;

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = ofAllThreads();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = ofAllThreads() - before;
        return List.of(
                new ScalarResult(
                        NAME,
                        nanos / result.getMetadata().getAllOps(),
                        "ns/op",
                        AggregationPolicy.AVG));
    }

    private long ofAllThreads() {
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            sum += Math.max(0, threads.getThreadCpuTime(id));
        }
        return sum;
    }

    @Override
    public String getDescription() {
        return "processor time of a call";
    }
}
