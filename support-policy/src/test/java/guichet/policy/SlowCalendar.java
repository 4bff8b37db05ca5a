package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Opening hours by their definition, one minute at a time; what {@link OpeningHours} is held to.
 */
record SlowCalendar(WeeklySpans hours, List<WeeklySpans> closures) {

    static final Duration STEP = Duration.ofMinutes(1);

    OpeningHours fast() {
        return new OpeningHours(
                hours,
                closures.stream()
                        .<Closure>map(spans -> new Closure.Weekly("a meeting", spans))
                        .toList());
    }

    boolean isOpen(Instant at) {
        return covers(hours, at) && closures.stream().noneMatch(closure -> covers(closure, at));
    }

    Duration openTime(Instant from, Instant to) {
        Duration open = Duration.ZERO;
        for (Instant minute = from; minute.isBefore(to); minute = minute.plus(STEP)) {
            open = isOpen(minute) ? open.plus(STEP) : open;
        }
        return open;
    }

    /**
     * The first minute in {@code [from, to)} at which the line is or is not open, else {@code to}.
     */
    Instant first(boolean open, Instant from, Instant to) {
        Instant minute = from;
        while (minute.isBefore(to) && isOpen(minute) != open) {
            minute = minute.plus(STEP);
        }
        return minute;
    }

    private static boolean covers(WeeklySpans spans, Instant at) {
        ZoneId zone = spans.zone();
        LocalDate date = LocalDate.ofInstant(at, zone);
        return spans.week().on(date.getDayOfWeek()).stream()
                .anyMatch(
                        span ->
                                !at.isBefore(resolve(date, span.from(), zone))
                                        && at.isBefore(resolve(date, span.to(), zone)));
    }

    private static Instant resolve(LocalDate date, int second, ZoneId zone) {
        return date.atStartOfDay().plus(second, ChronoUnit.SECONDS).atZone(zone).toInstant();
    }
}
