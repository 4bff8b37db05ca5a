package guichet.policy;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * Half-open spans {@code [start, end)} in epoch seconds, in order, disjoint and never touching.
 * Zone offsets are whole seconds, so the ends are exact.
 */
final class Spans {

    private final long[] starts;
    private final long[] ends;

    private Spans(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /** All of {@code [start, end)}. */
    static Spans of(long start, long end) {
        return new Spans(new long[] {start}, new long[] {end});
    }

    int size() {
        return starts.length;
    }

    long start(int index) {
        return starts[index];
    }

    long end(int index) {
        return ends[index];
    }

    /** All the seconds in the spans. */
    long total() {
        long total = 0;
        for (int i = 0; i < starts.length; i++) {
            total += ends[i] - starts[i];
        }
        return total;
    }

    /** Only what lies within {@code [from, to)}. */
    Spans within(long from, long to) {
        if (size() == 0 || (from <= starts[0] && ends[size() - 1] <= to)) {
            return this;
        }
        Builder kept = new Builder(from, to);
        kept.add(this);
        return kept.build();
    }

    /** What these spans and those have in common. */
    Spans and(Spans others) {
        return minus(minus(others));
    }

    /** These spans without those. */
    Spans minus(Spans others) {
        if (size() == 0 || others.size() == 0) {
            return this;
        }
        Builder left = new Builder(starts[0], ends[size() - 1]);
        int other = 0;
        for (int i = 0; i < starts.length; i++) {
            long from = starts[i];
            while (other < others.size() && others.ends[other] <= from) {
                other++;
            }
            for (int cut = other; cut < others.size() && others.starts[cut] < ends[i]; cut++) {
                left.add(from, others.starts[cut]);
                from = others.ends[cut];
            }
            left.add(from, ends[i]);
        }
        return left.build();
    }

    /**
     * Collects spans in any order, cut to a window; overlapping and touching ones become one, empty
     * ones vanish.
     */
    static final class Builder {

        private final long windowStart;
        private final long windowEnd;
        private long[] starts = new long[64];
        private long[] ends = new long[64];
        private int size;

        /** For spans within {@code [from, to)}. */
        Builder(long from, long to) {
            this.windowStart = from;
            this.windowEnd = to;
        }

        /** The spans of a local day. They are cut to it, so a date the zone skips has none. */
        void add(LocalDate date, List<LocalSpan> spans, ZoneId zone) {
            if (spans.isEmpty()) {
                return;
            }
            long midnight = date.atStartOfDay(zone).toEpochSecond();
            long nextMidnight = date.plusDays(1).atStartOfDay(zone).toEpochSecond();
            for (LocalSpan span : spans) {
                add(
                        Math.max(midnight, span.startOn(date, zone)),
                        Math.min(nextMidnight, span.endOn(date, zone)));
            }
        }

        void add(Spans spans) {
            for (int i = 0; i < spans.size(); i++) {
                add(spans.start(i), spans.end(i));
            }
        }

        void add(long first, long last) {
            long start = Math.max(first, windowStart);
            long end = Math.min(last, windowEnd);
            if (start >= end) {
                return;
            }
            int at = size;
            while (at > 0 && starts[at - 1] > start) {
                at--;
            }
            if (at > 0 && ends[at - 1] >= start) {
                at--;
                ends[at] = Math.max(ends[at], end);
            } else {
                insert(at, start, end);
            }
            swallowAfter(at);
        }

        Spans build() {
            return new Spans(Arrays.copyOf(starts, size), Arrays.copyOf(ends, size));
        }

        private void insert(int at, long start, long end) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
                ends = Arrays.copyOf(ends, size * 2);
            }
            System.arraycopy(starts, at, starts, at + 1, size - at);
            System.arraycopy(ends, at, ends, at + 1, size - at);
            starts[at] = start;
            ends[at] = end;
            size++;
        }

        private void swallowAfter(int at) {
            int next = at + 1;
            while (next < size && starts[next] <= ends[at]) {
                ends[at] = Math.max(ends[at], ends[next]);
                next++;
            }
            System.arraycopy(starts, next, starts, at + 1, size - next);
            System.arraycopy(ends, next, ends, at + 1, size - next);
            size -= next - at - 1;
        }
    }
}
