package guichet.policy;

import java.util.Arrays;

/**
 * Half-open spans {@code [start, end)} in epoch seconds, in order, disjoint and never touching,
 * with the open seconds before each, so that every question is one binary search. Zone offsets are
 * whole seconds, so the ends are exact.
 */
final class Spans {

    static final Spans NONE = new Spans(new long[0], new long[0]);

    private final long[] starts;
    private final long[] ends;

    /**
     * Open seconds before each span; one entry more than there are spans: the last is the total.
     */
    private final long[] before;

    private Spans(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
        this.before = new long[starts.length + 1];
        for (int i = 0; i < starts.length; i++) {
            before[i + 1] = before[i] + ends[i] - starts[i];
        }
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
        return before[starts.length];
    }

    boolean contains(long second) {
        int index = lastStartingBy(second);
        return index >= 0 && second < ends[index];
    }

    /** The last span that has started at {@code second}; -1 where none has. */
    int lastStartingBy(long second) {
        int found = Arrays.binarySearch(starts, second);
        return found >= 0 ? found : -found - 2;
    }

    /** The seconds in the spans before {@code second}. */
    long secondsBefore(long second) {
        int index = lastStartingBy(second);
        return index < 0 ? 0 : before[index] + Math.min(second, ends[index]) - starts[index];
    }

    /**
     * The earliest second by which {@code seconds} in the spans have passed: at a tie the end of a
     * span, not the start of the next.
     *
     * @param seconds from 1 to {@link #total()}
     */
    long whenPassed(long seconds) {
        int found = Arrays.binarySearch(before, seconds);
        int index = found >= 0 ? found - 1 : -found - 2;
        return starts[index] + seconds - before[index];
    }

    /** These spans without those. */
    Spans minus(Spans others) {
        if (others.size() == 0) {
            return this;
        }
        Builder left = new Builder();
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

    /** Collects spans in any order; overlapping and touching ones become one, empty ones vanish. */
    static final class Builder {

        private long[] starts = new long[64];
        private long[] ends = new long[64];
        private int size;

        void add(long start, long end) {
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
