package guichet.benchmarks.desk;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for processes. */
final class Wait {

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private Wait() {}

    /**
     * @throws IllegalStateException if it does not become true within {@code patience}, or a child
     *     process has ended by itself
     */
    static void until(String what, Duration patience, BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + patience + ": " + what);
            }
            ChildJvm.requireAllAlive();
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
    }

    /**
     * @param instant milliseconds since 1970 UTC
     */
    static void untilClockSays(long instant) {
        long left = instant - System.currentTimeMillis();
        while (left > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
            left = instant - System.currentTimeMillis();
        }
    }
}
