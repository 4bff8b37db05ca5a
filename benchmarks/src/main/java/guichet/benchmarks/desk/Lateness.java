package guichet.benchmarks.desk;

import java.util.Arrays;

/** How late things were, counted by the millisecond up to ten minutes. */
final class Lateness {

    private static final int LONGEST = 600_000;

    private final int[] counts = new int[LONGEST + 1];
    private int total;
    private int max;

    /**
     * @param millis what is longer than ten minutes counts as that; less than 0 as 0
     */
    void add(long millis) {
        int counted = Math.clamp(millis, 0, LONGEST);
        counts[counted]++;
        total++;
        max = Math.max(max, counted);
    }

    int total() {
        return total;
    }

    /** In milliseconds; 0 where nothing was counted. */
    int max() {
        return max;
    }

    /**
     * The least number of milliseconds that so large a share was not later than; 0 where nothing
     * was counted.
     *
     * @param share above 0, at most 1
     */
    int percentile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int millis = 0; millis <= max; millis++) {
            seen += counts[millis];
            if (seen >= wanted) {
                return millis;
            }
        }
        return max;
    }

    void addAll(Lateness other) {
        Arrays.setAll(counts, millis -> counts[millis] + other.counts[millis]);
        total += other.total;
        max = Math.max(max, other.max);
    }
}
