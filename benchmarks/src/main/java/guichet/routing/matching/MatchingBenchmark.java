package guichet.routing.matching;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.ArrayDeque;

/**
 * What a decision of the engine costs on a busy desk of 500 agents, everything in it that happens
 * without one being called for, and the handing out of the states to be stored.
 */
@State(Scope.Thread)
public class MatchingBenchmark {

    private static final int AGENTS = 500;

    @Param({"10000", "100000"})
    public int waiting;

    private final ArrayDeque<Decision> decided = new ArrayDeque<>();
    private BusyDesk desk = new BusyDesk(0, 0);

    @Setup(Level.Trial)
    public void open() {
        desk = new BusyDesk(AGENTS, waiting);
    }

    @Benchmark
    public Object decision() {
        while (decided.isEmpty()) {
            decided.addAll(desk.next());
        }
        return decided.remove();
    }
}
