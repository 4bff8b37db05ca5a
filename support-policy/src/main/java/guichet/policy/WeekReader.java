package guichet.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads zones and weeks: {@code {mon-fri: [09:00-12:00, 13:00-18:00], sat: [10:00-24:00]}}. */
final class WeekReader {

    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern SPAN = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");
    private static final Pattern OFFSET_LIKE =
            Pattern.compile("(Etc/GMT|GMT|UT|Z|[+-]).*|[A-Z]{3}(\\d[A-Z]{3})?");

    private static final String ZONE_FORM =
            "name a place of the tz database, such as America/Sao_Paulo, or Etc/UTC";

    private WeekReader() {}

    /** A place of the tz database; offsets, also those with names, are refused. */
    static Optional<ZoneId> zone(Entry entry) {
        return entry.text().flatMap(id -> zone(entry, id));
    }

    /** Whether it names a place of the tz database, not an offset. */
    static boolean isZone(String id) {
        return !isOffset(id) && ZoneId.getAvailableZoneIds().contains(id);
    }

    /** Also zones with the name of an offset, such as SystemV/PST8; places have a past. */
    private static boolean isOffset(String id) {
        return OFFSET_LIKE.matcher(id).matches()
                || (!id.equals("Etc/UTC")
                        && ZoneId.getAvailableZoneIds().contains(id)
                        && ZoneId.of(id).getRules().isFixedOffset());
    }

    private static Optional<ZoneId> zone(Entry entry, String id) {
        if (isOffset(id)) {
            entry.refuse("'" + id + "' is an offset or an abbreviation, not a zone", ZONE_FORM);
            return Optional.empty();
        }
        if (!isZone(id)) {
            entry.refuse("there is no zone '" + id + "'", ZONE_FORM);
            return Optional.empty();
        }
        return Optional.of(ZoneId.of(id));
    }

    /** Empty where any part of the week has a fault. */
    static Optional<Week> week(Entry entry) {
        int faultsBefore = entry.faults().count();
        Map<DayOfWeek, List<LocalSpan>> week = new EnumMap<>(DayOfWeek.class);
        entry.section()
                .forEach(
                        (key, spans) -> {
                            List<DayOfWeek> days = days(key);
                            if (days.isEmpty()) {
                                spans.refuse(
                                        "'" + key + "' is not a day or a run of days",
                                        "write mon, tue, wed, thu, fri, sat, sun or, for example,"
                                                + " mon-fri");
                            }
                            List<LocalSpan> onDay = spans(spans);
                            for (DayOfWeek day : days) {
                                if (week.put(day, onDay) != null) {
                                    spans.refuse(
                                            DAYS.get(day.ordinal()) + " stands twice",
                                            "list all its spans in one place");
                                }
                            }
                        });
        return entry.faults().count() == faultsBefore
                ? Optional.of(new Week(week))
                : Optional.empty();
    }

    /** A weekday or a run of them; none where the text is neither. */
    static List<DayOfWeek> days(String key) {
        String[] ends = key.split("-", -1);
        int first = DAYS.indexOf(ends[0]);
        int last = DAYS.indexOf(ends[ends.length - 1]);
        if (ends.length > 2 || first < 0 || last < first) {
            return List.of();
        }
        return List.of(DayOfWeek.values()).subList(first, last + 1);
    }

    /** The spans of one day, in order. */
    static List<LocalSpan> spans(Entry entry) {
        List<LocalSpan> spans = new ArrayList<>();
        for (Entry item : entry.items()) {
            item.parsed(
                            WeekReader::span,
                            "write it as 09:00-12:00, the end after the start and up to 24:00")
                    .ifPresent(
                            span -> {
                                if (spans.stream().anyMatch(span::overlaps)) {
                                    item.refuse(
                                            span + " overlaps another span of the day",
                                            "make them one, or part them");
                                }
                                spans.add(span);
                            });
        }
        Collections.sort(spans);
        return List.copyOf(spans);
    }

    private static Optional<LocalSpan> span(String text) {
        Matcher form = SPAN.matcher(text);
        return form.matches()
                ? Optional.of(new LocalSpan(secondOfDay(form.group(1)), secondOfDay(form.group(2))))
                : Optional.empty();
    }

    private static int secondOfDay(String time) {
        return time.equals("24:00")
                ? (int) Duration.ofDays(1).toSeconds()
                : LocalTime.parse(time).toSecondOfDay();
    }
}
