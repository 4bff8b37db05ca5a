package guichet.benchmarks.policy;

import guichet.policy.ResponseTarget;
import guichet.policy.SupportPolicy;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.time.Instant;
import java.util.Optional;

/**
 * When the first response is due (T1 to T4). Guichet answers also when it is due soon, the open
 * time until then, and the reasons; the baseline finds the due instant alone.
 */
@State(Scope.Thread)
public class DueBenchmark {

    @Param
    @SuppressWarnings("NullAway.Init") // JMH sets it.
    DueQuestion question;

    @SuppressWarnings("NullAway.Init") // JMH calls setUp first.
    private Questions questions;

    @SuppressWarnings("NullAway.Init")
    private SupportPolicy policy;

    private int next;

    @Setup
    public void setUp() {
        questions = question.questions();
        policy = questions.policy();
    }

    @Benchmark
    public Optional<ResponseTarget> guichet() {
        Question asked = questions.get(next++);
        return policy.respondBy(asked.line(), guichet.policy.Scope.IN, asked.at());
    }

    @Benchmark
    public Instant dayByDay() {
        return questions.get(next++).dueByHand();
    }
}
