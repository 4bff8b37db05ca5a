package guichet.benchmarks.policy;

import java.util.Locale;

/**
 * What the same question costs here and day by day.
 *
 * @param limit what it may cost here, in nanoseconds
 */
record Comparison(String question, Figure guichet, Figure dayByDay, double limit) {

    static final String HEADING =
            String.format(
                    "%-29s %36s  %36s  %9s  %10s",
                    "", "guichet, a call", "day by day, a call", "ratio", "limit");

    boolean isWithinLimit() {
        return guichet.nanos() <= limit;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-29s %s  %s  %,8.1fx  %,7.0f ns %s",
                question,
                guichet,
                dayByDay,
                dayByDay.nanos() / guichet.nanos(),
                limit,
                isWithinLimit() ? "kept" : "MISSED");
    }
}
