package guichet.benchmarks.policy;

import guichet.policy.OpenSpan;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The baseline: opening hours as most business-hours libraries keep them, asked with {@code
 * java.time} alone. A due instant is found by walking from day to day, putting each day's hours
 * together, and using up the time allowed.
 *
 * <p>It is spared what it can be: closures lie ready by date, and whether a line is open is read
 * off the local time without putting a day together.
 *
 * @param week the hours of each weekday, in order; a weekday without an entry has none
 * @param closures what shuts the line, by each local date it touches
 */
record DayByDay(
        ZoneId zone, Map<DayOfWeek, List<Hours>> week, Map<LocalDate, List<OpenSpan>> closures) {

    /** Part of a day; {@code to} is midnight where it lasts until the day ends. */
    record Hours(LocalTime from, LocalTime to) {

        private boolean contains(LocalTime time) {
            return !time.isBefore(from) && (lastsUntilMidnight() || time.isBefore(to));
        }

        private OpenSpan on(LocalDate date, ZoneId zone) {
            LocalDate lastDate = lastsUntilMidnight() ? date.plusDays(1) : date;
            return new OpenSpan(
                    date.atTime(from).atZone(zone).toInstant(),
                    lastDate.atTime(to).atZone(zone).toInstant());
        }

        private boolean lastsUntilMidnight() {
            return to.equals(LocalTime.MIDNIGHT);
        }
    }

    boolean isOpen(Instant at) {
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        for (Hours hours : week.getOrDefault(local.getDayOfWeek(), List.of())) {
            if (hours.contains(local.toLocalTime())) {
                return !isShut(local.toLocalDate(), at);
            }
        }
        return false;
    }

    /** When the line has been open for {@code allowed} since {@code from} (T2, T3). */
    Instant whenOpenFor(Duration allowed, Instant from) {
        Duration left = allowed;
        for (LocalDate date = dateOf(from); ; date = date.plusDays(1)) {
            for (OpenSpan open : openings(date)) {
                if (open.to().isAfter(from)) {
                    Instant start = open.from().isBefore(from) ? from : open.from();
                    Duration inSpan = Duration.between(start, open.to());
                    if (left.compareTo(inSpan) <= 0) {
                        return start.plus(left);
                    }
                    left = left.minus(inSpan);
                }
            }
        }
    }

    /** When half of the open time of the business day of {@code from} has passed (T4). */
    Instant halfABusinessDay(Instant from) {
        Duration wholeDay = Duration.ZERO;
        for (OpenSpan open : openings(businessDay(from))) {
            wholeDay = wholeDay.plus(Duration.between(open.from(), open.to()));
        }
        return whenOpenFor(wholeDay.dividedBy(2), from);
    }

    /**
     * So many business days after {@code from} (T1): while open, the same local time so many open
     * days later; while closed, the close of the nth open day.
     */
    Instant businessDays(int days, Instant from) {
        LocalDate first = businessDay(from);
        return isOpen(from)
                ? lastOpenBy(LocalTime.ofInstant(from, zone), later(first, days))
                : openings(later(first, days - 1)).getLast().to();
    }

    private LocalDate later(LocalDate businessDay, int days) {
        LocalDate date = businessDay;
        for (int i = 0; i < days; i++) {
            do {
                date = date.plusDays(1);
            } while (openings(date).isEmpty());
        }
        return date;
    }

    private LocalDate businessDay(Instant from) {
        LocalDate date = dateOf(from);
        while (openings(date).stream().noneMatch(open -> open.to().isAfter(from))) {
            date = date.plusDays(1);
        }
        return date;
    }

    private Instant lastOpenBy(LocalTime time, LocalDate date) {
        Instant wanted = date.atTime(time).atZone(zone).toInstant();
        List<OpenSpan> openings = openings(date);
        Instant last = openings.getFirst().from();
        for (OpenSpan open : openings) {
            if (!open.from().isAfter(wanted)) {
                last = open.to().isAfter(wanted) ? wanted : open.to();
            }
        }
        return last;
    }

    private List<OpenSpan> openings(LocalDate date) {
        List<OpenSpan> openings = new ArrayList<>();
        for (Hours hours : week.getOrDefault(date.getDayOfWeek(), List.of())) {
            openings.add(hours.on(date, zone));
        }
        for (OpenSpan closure : closures.getOrDefault(date, List.of())) {
            openings = without(closure, openings);
        }
        return openings;
    }

    private static List<OpenSpan> without(OpenSpan closure, List<OpenSpan> openings) {
        List<OpenSpan> left = new ArrayList<>();
        for (OpenSpan open : openings) {
            Instant endBefore = earlier(open.to(), closure.from());
            if (open.from().isBefore(endBefore)) {
                left.add(new OpenSpan(open.from(), endBefore));
            }
            Instant startAfter = later(open.from(), closure.to());
            if (startAfter.isBefore(open.to())) {
                left.add(new OpenSpan(startAfter, open.to()));
            }
        }
        return left;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private boolean isShut(LocalDate date, Instant at) {
        for (OpenSpan closure : closures.getOrDefault(date, List.of())) {
            if (!at.isBefore(closure.from()) && at.isBefore(closure.to())) {
                return true;
            }
        }
        return false;
    }

    private LocalDate dateOf(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }
}
