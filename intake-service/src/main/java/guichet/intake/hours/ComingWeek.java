package guichet.intake.hours;

import guichet.policy.OpenSpan;
import guichet.policy.OpeningHours;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * When a line is open from an instant until the same local time seven days later.
 *
 * @param zone the asker's
 * @param openings in order, cut to the week
 */
record ComingWeek(String zone, List<Opening> openings) {

    private static final int DAYS = 7;

    /**
     * A time for which the line is open without a break: from {@code from} until before {@code to}.
     *
     * @param fromLocal as the asker's clocks show it
     * @param toLocal as the asker's clocks show it
     */
    record Opening(Instant from, Instant to, LocalDateTime fromLocal, LocalDateTime toLocal) {

        private static Opening of(OpenSpan span, ZoneId zone) {
            return new Opening(
                    span.from(),
                    span.to(),
                    LocalDateTime.ofInstant(span.from(), zone),
                    LocalDateTime.ofInstant(span.to(), zone));
        }
    }

    static ComingWeek of(OpeningHours hours, Instant from, ZoneId zone) {
        Instant to = from.atZone(zone).plusDays(DAYS).toInstant();
        return new ComingWeek(
                zone.getId(),
                hours.openings(from, to).stream().map(span -> Opening.of(span, zone)).toList());
    }
}
