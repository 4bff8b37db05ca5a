package guichet.benchmarks.desk;

import org.jspecify.annotations.Nullable;

/** Finds how many deadlines a second may fall due so that 99 of 100 are seen in time. */
final class RateSearch {

    /** In milliseconds. */
    static final Limit LATEST_P99 = new Limit.AtMost(200);

    private static final double P99 = 0.99;
    private static final int HALVINGS = 3;

    /** A tenth of a second in which the machine did something else spoils a trial of ten. */
    private static final int CHANCES = 2;

    /** Lets deadlines fall due for a while. */
    interface Trial {

        /**
         * @param rate deadlines a second
         * @return null where so many could not even be scheduled before the first was due
         */
        @Nullable Lateness at(int rate) throws InterruptedException;
    }

    private final Figures figures;

    RateSearch(Figures figures) {
        this.figures = figures;
    }

    /**
     * Doubles the rate until it is too much, then halves what lies between; each rate is tried
     * again where the first trial was late.
     */
    int highest(int first, Trial trial) throws InterruptedException {
        int kept = 0;
        int rate = first;
        while (isInTime(rate, trial)) {
            kept = rate;
            rate *= 2;
        }
        int tooMuch = rate;
        for (int i = 0; i < HALVINGS; i++) {
            int between = (kept + tooMuch) / 2;
            if (isInTime(between, trial)) {
                kept = between;
            } else {
                tooMuch = between;
            }
        }
        figures.tell("sustained with a p99 of 200 ms at most", kept, "a second");
        return kept;
    }

    private boolean isInTime(int rate, Trial trial) throws InterruptedException {
        for (int i = 0; i < CHANCES; i++) {
            if (wasInTime(rate, trial)) {
                return true;
            }
        }
        return false;
    }

    private boolean wasInTime(int rate, Trial trial) throws InterruptedException {
        Lateness lateness = trial.at(rate);
        if (lateness == null) {
            figures.tell(
                    "at %,d a second: not scheduled in time".formatted(rate), rate, "a second");
            return false;
        }
        int p99 = lateness.percentile(P99);
        figures.tell("at %,d a second, p99".formatted(rate), p99, "ms");
        return LATEST_P99.isKeptBy(p99);
    }
}
