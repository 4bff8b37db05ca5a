package guichet.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * When a line is open in a week, as a customer sees it.
 *
 * @param monday the week's first date, in the customer's zone
 * @param zone the customer's
 * @param openings for each of the seven dates, in order, when the line is open; an opening over
 *     midnight is on both dates
 */
public record WeekView(
        Line line, LocalDate monday, ZoneId zone, Map<LocalDate, List<OpenSpan>> openings) {

    public WeekView {
        openings = Collections.unmodifiableMap(new TreeMap<>(openings));
    }

    static WeekView of(Line line, OpeningHours hours, LocalDate monday, ZoneId zone) {
        Map<LocalDate, List<OpenSpan>> openings = new TreeMap<>();
        for (LocalDate date = monday; date.isBefore(monday.plusWeeks(1)); date = date.plusDays(1)) {
            openings.put(
                    date, hours.openings(midnight(date, zone), midnight(date.plusDays(1), zone)));
        }
        return new WeekView(line, monday, zone, openings);
    }

    /**
     * For a person to read: a line for each day, such as {@code Tue 2026-01-13 00:00-13:00
     * 14:00-24:00}.
     *
     * @param locale in which days are named
     */
    public String inWords(Locale locale) {
        DateTimeFormatter day = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd", locale);
        List<String> lines = new ArrayList<>();
        openings.forEach(
                (date, spans) -> lines.add(day.format(date) + "  " + inWords(date, spans)));
        return String.join("\n", lines) + "\n";
    }

    private String inWords(LocalDate date, List<OpenSpan> spans) {
        if (spans.isEmpty()) {
            return "-";
        }
        return String.join(
                "  ",
                spans.stream()
                        .map(span -> clock(date, span.from()) + "-" + clock(date, span.to()))
                        .toList());
    }

    private String clock(LocalDate date, Instant at) {
        if (at.equals(midnight(date.plusDays(1), zone))) {
            return "24:00";
        }
        LocalTime time = ZonedDateTime.ofInstant(at, zone).toLocalTime();
        return time.toString();
    }

    private static Instant midnight(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }
}
