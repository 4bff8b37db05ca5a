package guichet.acceptance;

import java.time.Duration;

/** How long tests wait for what should come by itself. */
final class Patience {

    /**
     * For what takes a second where the machine has nothing else to do: only a fault takes longer.
     * How fast something is has limits of its own, in the tests that are about that.
     */
    static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    private Patience() {}
}
