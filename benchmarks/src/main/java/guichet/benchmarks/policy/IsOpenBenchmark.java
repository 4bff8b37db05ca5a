package guichet.benchmarks.policy;

import guichet.policy.SupportPolicy;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whether a line is open (H1 to H6), over all lines. */
@State(Scope.Thread)
public class IsOpenBenchmark {

    private static final String AS_ON_THE_PAGE = "";

    @SuppressWarnings("NullAway.Init") // JMH calls setUp first.
    private Questions questions;

    @SuppressWarnings("NullAway.Init")
    private SupportPolicy policy;

    private int next;

    @Setup
    public void setUp() {
        questions = Questions.of(AS_ON_THE_PAGE, line -> true, SupportPageByHand::target);
        policy = questions.policy();
    }

    @Benchmark
    public boolean guichet() {
        Question asked = questions.get(next++);
        return policy.hours(asked.line()).isOpen(asked.at());
    }

    @Benchmark
    public boolean dayByDay() {
        return questions.get(next++).isOpenByHand();
    }
}
