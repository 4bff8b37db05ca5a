package guichet.policy;

import java.time.Instant;

/**
 * Spans laid out to be asked: what is needed for the answers is worked out beforehand. Times are in
 * epoch seconds, durations in nanoseconds.
 */
final class Openings {

    private static final long NANOS = 1_000_000_000;

    private final Ascending starts;
    private final long[] ends;

    /** Open seconds before each span. */
    private final Ascending before;

    private final long total;

    Openings(Spans spans) {
        int size = spans.size();
        long[] from = new long[size];
        long[] to = new long[size];
        long[] open = new long[size];
        long sum = 0;
        for (int i = 0; i < size; i++) {
            from[i] = spans.start(i);
            to[i] = spans.end(i);
            open[i] = sum;
            sum += to[i] - from[i];
        }
        this.starts = new Ascending(from);
        this.ends = to;
        this.before = new Ascending(open);
        this.total = sum * NANOS;
    }

    int size() {
        return ends.length;
    }

    long start(int index) {
        return starts.get(index);
    }

    long end(int index) {
        return ends[index];
    }

    /** All the time in the spans. */
    long total() {
        return total;
    }

    boolean contains(long second) {
        int index = lastStartingBy(second);
        return index >= 0 && second < ends[index];
    }

    /** The last span that has started at {@code second}; -1 where none has. */
    int lastStartingBy(long second) {
        return starts.lastUpTo(second);
    }

    /** The time in the spans before an instant. */
    long openBefore(Instant at) {
        long second = at.getEpochSecond();
        int index = lastStartingBy(second);
        if (index < 0) {
            return 0;
        }
        return second < ends[index]
                ? (before.get(index) + second - starts.get(index)) * NANOS + at.getNano()
                : (before.get(index) + ends[index] - starts.get(index)) * NANOS;
    }

    /**
     * The earliest instant by which {@code nanos} in the spans have passed: at a tie the end of a
     * span, not the start of the next.
     *
     * @param nanos from 1 to {@link #total()}
     */
    Instant whenPassed(long nanos) {
        long wholeSeconds = (nanos - 1) / NANOS;
        int index = before.lastUpTo(wholeSeconds);
        long second = starts.get(index) + wholeSeconds - before.get(index);
        return Instant.ofEpochSecond(second, nanos - wholeSeconds * NANOS);
    }
}
