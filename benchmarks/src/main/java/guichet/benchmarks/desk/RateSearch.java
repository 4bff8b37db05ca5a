package guichet.benchmarks.desk;

import org.jspecify.annotations.Nullable;

/** Finds how many deadlines a second may fall due so that 99 of 100 are seen in time. */
final class RateSearch {

    /** In milliseconds. */
    static final Limit LATEST_P99 = new Limit.AtMost(200);

    private static final double P99 = 0.99;
    private static final int HALVINGS = 2;

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

    /** Doubles the rate until it is too much, then halves what lies between. */
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
