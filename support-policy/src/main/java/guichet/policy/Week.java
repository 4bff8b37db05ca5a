package guichet.policy;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The spans of each weekday, in order and apart; a day without an entry has none. */
record Week(Map<DayOfWeek, List<LocalSpan>> days) {

    Week {
        days = Map.copyOf(days);
    }

    List<LocalSpan> on(DayOfWeek day) {
        return days.getOrDefault(day, List.of());
    }

    /** For people: {@code Mon-Fri 09:00-12:00 13:00-18:00}. */
    @Override
    public String toString() {
        List<String> runs = new ArrayList<>();
        DayOfWeek first = DayOfWeek.MONDAY;
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day == DayOfWeek.SUNDAY || !on(day).equals(on(day.plus(1)))) {
                if (!on(day).isEmpty()) {
                    runs.add(run(first, day));
                }
                first = day.plus(1);
            }
        }
        return String.join(", ", runs);
    }

    private String run(DayOfWeek first, DayOfWeek last) {
        StringBuilder run = new StringBuilder(shortName(first));
        if (first != last) {
            run.append('-').append(shortName(last));
        }
        on(first).forEach(span -> run.append(' ').append(span));
        return run.toString();
    }

    private static String shortName(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }
}
