package guichet.policy;

import static guichet.policy.Channel.PHONE;
import static guichet.policy.Channel.WEB;
import static guichet.policy.Language.EN;
import static guichet.policy.Plan.AGENCY;
import static guichet.policy.Plan.BASIC;
import static guichet.policy.Plan.ENTERPRISE;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hours and targets of the mission, written down here a second time. */
final class MissionRows {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final ZoneId BRASILIA = ZoneId.of("America/Sao_Paulo");
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);
    private static final Set<DayOfWeek> WEEKDAYS =
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    private MissionRows() {}

    static ZoneId zone(Language language) {
        return language == EN ? PACIFIC : BRASILIA;
    }

    static Rota rota(Line line) {
        LocalHours hours = new LocalHours("H", zone(line.language()), week(line), Map.of());
        return new Rota(List.of(new Rota.Phase(Long.MIN_VALUE, hours, meetings(line))), List.of());
    }

    static Target target(Line line) {
        boolean ahead = EnumSet.of(AGENCY, ENTERPRISE).contains(line.plan());
        return switch (line.channel()) {
            case WEB -> ahead ? new Target.HalfBusinessDay() : new Target.BusinessDays(1);
            case CHAT -> new Target.OpenTime(Duration.ofMinutes(ahead ? 5 : 15));
            case PHONE -> new Target.OpenTime(Duration.ofMinutes(ahead ? 2 : 5));
        };
    }

    private static Week week(Line line) {
        if (line.plan() != BASIC && line.channel() != PHONE) {
            boolean weekends = line.plan() == ENTERPRISE && line.channel() != WEB;
            return on(weekends ? EVERY_DAY : WEEKDAYS, LocalSpan.WHOLE_DAY);
        }
        return line.language() == EN
                ? on(WEEKDAYS, hours(12, 17))
                : on(WEEKDAYS, hours(9, 12), hours(13, 18));
    }

    private static List<Rota.Meeting> meetings(Line line) {
        DayRule tuesdays =
                new DayRule.Weekly(
                        Set.of(DayOfWeek.TUESDAY), 1, Recurrence.EARLIEST, Recurrence.FOR_EVER);
        return line.channel() == WEB
                ? List.of()
                : List.of(new Rota.Meeting(tuesdays, List.of(hours(8, 9)), PACIFIC));
    }

    private static Week on(Set<DayOfWeek> days, LocalSpan... spans) {
        Map<DayOfWeek, List<LocalSpan>> week = new EnumMap<>(DayOfWeek.class);
        days.forEach(day -> week.put(day, List.of(spans)));
        return new Week(week);
    }

    private static LocalSpan hours(int from, int to) {
        return new LocalSpan(from * 3600, to * 3600);
    }
}
