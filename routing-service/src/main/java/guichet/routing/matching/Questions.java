package guichet.routing.matching;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Questions of other threads to the engine, answered on its own between two decisions, with what it
 * knows then.
 */
final class Questions {

    private static final int MOST_WAITING = 10_000;

    private record Question<T>(Function<MatchingEngine, T> asked, CompletableFuture<T> answer) {

        void answerFrom(MatchingEngine engine) {
            try {
                answer.complete(asked.apply(engine));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }
    }

    private final Queue<Question<?>> waiting = new ArrayDeque<>();
    private @Nullable Object here;

    /** Whether the engine runs in this process. */
    synchronized boolean isHere() {
        return here != null;
    }

    /** Fails where the engine does not run here, moves away, or is asked too much. */
    synchronized <T> CompletableFuture<T> ask(Function<MatchingEngine, T> question) {
        if (here == null || waiting.size() >= MOST_WAITING) {
            return CompletableFuture.failedFuture(new EngineElsewhere());
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        waiting.add(new Question<>(question, answer));
        return answer;
    }

    /** An engine has come to this process. */
    synchronized void open(Object task) {
        here = task;
    }

    /** It has left, unless it has come anew since. */
    synchronized void close(Object task) {
        if (here == task) {
            here = null;
            waiting.forEach(it -> it.answer().completeExceptionally(new EngineElsewhere()));
            waiting.clear();
        }
    }

    /** To be called by the engine's thread, often. */
    void answer(MatchingEngine engine) {
        Question<?> next = next();
        while (next != null) {
            next.answerFrom(engine);
            next = next();
        }
    }

    private synchronized @Nullable Question<?> next() {
        return waiting.poll();
    }

    /** The engine does not run in this process. */
    static final class EngineElsewhere extends RuntimeException {

        EngineElsewhere() {
            super("the matching engine does not run here", null, false, false);
        }
    }
}
