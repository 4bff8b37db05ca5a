package guichet.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** A week's spans, over and over, in a zone. */
record WeeklySpans(ZoneId zone, Week week) {

    /**
     * The spans within {@code [from, to)}, in epoch seconds. A day's spans are cut to that day, so
     * that a date which the zone skips has none.
     */
    Spans between(long from, long to) {
        Spans.Builder spans = new Spans.Builder();
        LocalDate last = dateOf(to);
        for (LocalDate date = dateOf(from); !date.isAfter(last); date = date.plusDays(1)) {
            List<LocalSpan> onDate = week.on(date.getDayOfWeek());
            if (onDate.isEmpty()) {
                continue;
            }
            long earliest = Math.max(from, date.atStartOfDay(zone).toEpochSecond());
            long latest = Math.min(to, date.plusDays(1).atStartOfDay(zone).toEpochSecond());
            for (LocalSpan span : onDate) {
                spans.add(
                        Math.max(earliest, span.startOn(date, zone)),
                        Math.min(latest, span.endOn(date, zone)));
            }
        }
        return spans.build();
    }

    private LocalDate dateOf(long epochSecond) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(epochSecond), zone);
    }

    @Override
    public String toString() {
        return week + " " + zone;
    }
}
