package guichet.benchmarks.desk;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param scenario letter of the issue, and in words
 * @param limit what it is held to; null where it only informs
 */
record Figure(String scenario, String what, double value, String unit, @Nullable Limit limit) {

    private int decimals() {
        return value < 100 && value != Math.rint(value) ? 2 : 0;
    }

    boolean isKept() {
        return limit == null || limit.isKeptBy(value);
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "  %-66s %,14." + decimals() + "f %-11s %s",
                        what,
                        value,
                        unit,
                        limit == null ? "" : limit + (isKept() ? " kept" : " MISSED"))
                .stripTrailing();
    }
}
