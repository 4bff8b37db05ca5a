package guichet.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A week's spans, over and over, in a zone; special days have spans of their own instead.
 *
 * @param row the mission row of the week, or the owner's name for the rule
 */
record LocalHours(String row, ZoneId zone, Week week, Map<LocalDate, SpecialDay> specialDays) {

    LocalHours {
        specialDays = Map.copyOf(specialDays);
    }

    /** When the hours say open within {@code [from, to)}, in epoch seconds. */
    Spans between(long from, long to) {
        Spans.Builder spans = new Spans.Builder(from, to);
        LocalDate last = lastDate(to);
        for (LocalDate date = dateOf(from); !date.isAfter(last); date = date.plusDays(1)) {
            spans.add(date, spansOn(date), zone);
        }
        return spans.build();
    }

    private List<LocalSpan> spansOn(LocalDate date) {
        SpecialDay special = specialDays.get(date);
        return special == null ? week.on(date.getDayOfWeek()) : special.spans();
    }

    /**
     * Where a zone turns its clocks back over midnight, they show the earlier date a second time.
     */
    private LocalDate lastDate(long to) {
        return dateOf(to).plusDays(1);
    }

    private LocalDate dateOf(long epochSecond) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(epochSecond), zone);
    }

    @Override
    public String toString() {
        return week + " " + zone;
    }
}
