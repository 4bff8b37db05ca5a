package guichet.policy;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A half-open span of one local day, {@code [from, to)}, in seconds of the day; {@code to} may be
 * 24:00. On a day with a gap or an overlap both ends are resolved as {@link
 * java.time.ZonedDateTime} does.
 */
record LocalSpan(int from, int to) implements Comparable<LocalSpan> {

    private static final int END_OF_DAY = 24 * 60 * 60;

    /** All of a day. */
    static final LocalSpan WHOLE_DAY = new LocalSpan(0, END_OF_DAY);

    LocalSpan {
        if (from < 0 || to > END_OF_DAY || from >= to) {
            throw new IllegalArgumentException("not a span of a day: " + from + " to " + to);
        }
    }

    boolean overlaps(LocalSpan other) {
        return from < other.to && other.from < to;
    }

    long startOn(LocalDate date, ZoneId zone) {
        return date.atTime(LocalTime.ofSecondOfDay(from)).atZone(zone).toEpochSecond();
    }

    long endOn(LocalDate date, ZoneId zone) {
        return to == END_OF_DAY
                ? date.plusDays(1).atStartOfDay(zone).toEpochSecond()
                : date.atTime(LocalTime.ofSecondOfDay(to)).atZone(zone).toEpochSecond();
    }

    /** For people: {@code 09:00-12:00 13:00-18:00}, {@code all day} or {@code never}. */
    static String inWords(List<LocalSpan> spans) {
        if (spans.isEmpty()) {
            return "never";
        }
        return spans.equals(List.of(WHOLE_DAY))
                ? "all day"
                : spans.stream().map(LocalSpan::toString).collect(Collectors.joining(" "));
    }

    @Override
    public int compareTo(LocalSpan other) {
        return Integer.compare(from, other.from);
    }

    @Override
    public String toString() {
        return clock(from) + "-" + clock(to);
    }

    private static String clock(int second) {
        return second == END_OF_DAY ? "24:00" : LocalTime.ofSecondOfDay(second).toString();
    }
}
