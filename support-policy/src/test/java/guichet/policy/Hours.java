package guichet.policy;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Opening hours for tests, without a policy file. */
final class Hours {

    private Hours() {}

    /** Always under the same timetable. */
    static OpeningHours of(ZoneId zone, Week week) {
        return of(new LocalHours("H1", zone, week, Map.of()), List.of());
    }

    /** Always under the same timetable. */
    static OpeningHours of(LocalHours hours, List<Closure.OnDays> closures) {
        return new OpeningHours(List.of(new Timetable(Long.MIN_VALUE, hours, closures)), List.of());
    }

    /** The same spans on every day. */
    static Week daily(LocalSpan... spans) {
        Map<DayOfWeek, List<LocalSpan>> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day, Arrays.asList(spans));
        }
        return new Week(days);
    }
}
