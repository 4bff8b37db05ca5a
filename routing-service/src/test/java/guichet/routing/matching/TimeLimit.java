package guichet.routing.matching;

import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A try that does not end fails. An engine that looked for somebody to serve for ever would hang
 * the build, and what it was told would not be known; JUnit's own time-outs do not reach jqwik's
 * tries.
 */
final class TimeLimit implements AroundTryHook {

    /** Many times what the largest day takes, also on a machine that is busy. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public TryExecutionResult aroundTry(
            TryLifecycleContext context, TryExecutor aTry, List<Object> parameters)
            throws InterruptedException, ExecutionException {
        // Where it runs in circles nothing stops it; the end of the build takes it along.
        CompletableFuture<TryExecutionResult> result =
                CompletableFuture.supplyAsync(
                        () -> aTry.execute(parameters),
                        work -> Thread.ofPlatform().daemon().start(work));
        try {
            return result.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException endless) {
            return TryExecutionResult.falsified(
                    new AssertionError("no end after " + LIMIT, endless));
        }
    }
}
