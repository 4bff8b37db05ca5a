package guichet.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Spans that recur every week in a zone; a day without an entry has none. */
record WeeklySpans(ZoneId zone, Map<DayOfWeek, List<LocalSpan>> days) {

    WeeklySpans {
        days = Map.copyOf(days);
    }

    /**
     * The spans of all local days that touch {@code [from, to)}, in epoch seconds. A day's spans
     * are cut to that day, so that a date skipped by its zone has none.
     */
    Spans between(long from, long to) {
        Spans.Builder spans = new Spans.Builder();
        LocalDate last = dateOf(to);
        for (LocalDate date = dateOf(from); !date.isAfter(last); date = date.plusDays(1)) {
            List<LocalSpan> onDay = days.getOrDefault(date.getDayOfWeek(), List.of());
            if (onDay.isEmpty()) {
                continue;
            }
            long midnight = date.atStartOfDay(zone).toEpochSecond();
            long nextMidnight = date.plusDays(1).atStartOfDay(zone).toEpochSecond();
            for (LocalSpan span : onDay) {
                spans.add(
                        Math.max(span.startOn(date, zone), Math.max(midnight, from)),
                        Math.min(span.endOn(date, zone), Math.min(nextMidnight, to)));
            }
        }
        return spans.build();
    }

    private LocalDate dateOf(long epochSecond) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(epochSecond), zone);
    }

    /** For people: {@code Mon-Fri 09:00-12:00 13:00-18:00 America/Sao_Paulo}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        DayOfWeek first = DayOfWeek.MONDAY;
        for (DayOfWeek day : DayOfWeek.values()) {
            boolean runEnds = day == DayOfWeek.SUNDAY || !spansOn(day).equals(spansOn(day.plus(1)));
            if (runEnds) {
                describe(first, day, parts);
                first = day.plus(1);
            }
        }
        return String.join(", ", parts) + " " + zone;
    }

    private void describe(DayOfWeek first, DayOfWeek last, List<String> parts) {
        if (spansOn(first).isEmpty()) {
            return;
        }
        StringBuilder run = new StringBuilder(shortName(first));
        if (first != last) {
            run.append('-').append(shortName(last));
        }
        spansOn(first).forEach(span -> run.append(' ').append(span));
        parts.add(run.toString());
    }

    private List<LocalSpan> spansOn(DayOfWeek day) {
        return days.getOrDefault(day, List.of());
    }

    private static String shortName(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }
}
