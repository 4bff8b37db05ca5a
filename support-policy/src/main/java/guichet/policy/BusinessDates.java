package guichet.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * The local dates with any open time that begin in a block of time, with what is asked of them
 * worked out. A date lasts from its first midnight to the next date's, so that dates follow each
 * other without gap or overlap whatever the zone does to its clocks.
 */
final class BusinessDates {

    private final long[] epochDays;
    private final Ascending starts;
    private final long[] ends;

    private BusinessDates(long[] epochDays, long[] starts, long[] ends) {
        this.epochDays = epochDays;
        this.starts = new Ascending(starts);
        this.ends = ends;
    }

    /**
     * The dates that begin in {@code [from, to)}, in epoch seconds.
     *
     * @param open when the line is open, from {@code from} until {@code to} and the end of the date
     *     that it falls on
     */
    static BusinessDates in(long from, long to, Spans open, ZoneId zone) {
        Growing dates = new Growing();
        for (int i = 0; i < open.size(); i++) {
            LocalDate date = dateAt(open.start(i), zone);
            long start = start(date, zone);
            while (start < Math.min(to, open.end(i))) {
                long end = start(date.plusDays(1), zone);
                if (start >= from && start < end) {
                    dates.addUnlessLast(date.toEpochDay(), start, end);
                }
                date = date.plusDays(1);
                start = end;
            }
        }
        return dates.build();
    }

    int size() {
        return ends.length;
    }

    /** The last date that has begun at {@code second}; -1 where none has. */
    int lastStartingBy(long second) {
        return starts.lastUpTo(second);
    }

    long start(int index) {
        return starts.get(index);
    }

    long end(int index) {
        return ends[index];
    }

    LocalDate date(int index) {
        return LocalDate.ofEpochDay(epochDays[index]);
    }

    /** Where clocks are turned back over midnight, they show an earlier date than it is. */
    private static LocalDate dateAt(long second, ZoneId zone) {
        LocalDate shown = LocalDate.ofInstant(Instant.ofEpochSecond(second), zone);
        return start(shown.plusDays(1), zone) <= second ? shown.plusDays(1) : shown;
    }

    private static long start(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toEpochSecond();
    }

    private static final class Growing {

        private long[] epochDays = new long[400];
        private long[] starts = new long[400];
        private long[] ends = new long[400];
        private int size;

        /** One date may hold several spans. */
        void addUnlessLast(long epochDay, long start, long end) {
            if (size > 0 && epochDays[size - 1] == epochDay) {
                return;
            }
            epochDays[size] = epochDay;
            starts[size] = start;
            ends[size] = end;
            size++;
        }

        BusinessDates build() {
            return new BusinessDates(
                    Arrays.copyOf(epochDays, size),
                    Arrays.copyOf(starts, size),
                    Arrays.copyOf(ends, size));
        }
    }
}
