package guichet.policy;

import java.util.List;

/**
 * The hours and closures of a line from an instant on, until the next timetable.
 *
 * @param from epoch second; {@link Long#MIN_VALUE} for the first
 */
record Timetable(long from, LocalHours hours, List<Closure.OnDays> closures) {

    Timetable {
        closures = List.copyOf(closures);
    }

    boolean saysTheSameAs(Timetable other) {
        return hours.equals(other.hours) && closures.equals(other.closures);
    }

    /** When the line is open within {@code [from, to)}, in epoch seconds. */
    Spans between(long from, long to) {
        Spans open = hours.between(from, to);
        for (Closure.OnDays closure : closures) {
            open = open.minus(closure.between(from, to));
        }
        return open;
    }
}
