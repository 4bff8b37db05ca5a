package guichet.benchmarks.policy;

import guichet.benchmarks.policy.DayByDay.Hours;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.OpenSpan;
import guichet.policy.Plan;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The support page for the baseline, written out by hand, so that nothing of ours is in it. */
final class SupportPageByHand {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final ZoneId BRASILIA = ZoneId.of("America/Sao_Paulo");

    private static final List<Hours> ALL_DAY = List.of(hours(0, 0));
    private static final List<Hours> AFTERNOON = List.of(hours(12, 17));
    private static final List<Hours> WITH_A_LUNCH_BREAK = List.of(hours(9, 12), hours(13, 18));

    /** Later than any due that is asked for. */
    private static final LocalDate LAST_MEETING = LocalDate.of(2030, 12, 31);

    private SupportPageByHand() {}

    /** When a line is open (H1 to H6). */
    static DayByDay hours(Line line, Collection<AnnouncedClosure> announced) {
        ZoneId zone = line.language() == Language.EN ? PACIFIC : BRASILIA;
        List<OpenSpan> closures = new ArrayList<>();
        if (line.channel() != Channel.WEB) {
            closures.addAll(weeklyMeetings());
        }
        for (AnnouncedClosure closure : announced) {
            if (shuts(closure, line)) {
                closures.add(new OpenSpan(closure.from(), closure.to()));
            }
        }
        return new DayByDay(zone, week(line), byDate(closures, zone));
    }

    /** When the first response on a line is due (T1 to T4), for a contact created then. */
    static BiFunction<DayByDay, Instant, Instant> target(Line line) {
        boolean priority = line.plan() == Plan.AGENCY || line.plan() == Plan.ENTERPRISE;
        return switch (line.channel()) {
            case WEB -> priority ? DayByDay::halfABusinessDay : businessDays(1);
            case CHAT -> openTime(Duration.ofMinutes(priority ? 5 : 15));
            case PHONE -> openTime(Duration.ofMinutes(priority ? 2 : 5));
        };
    }

    static BiFunction<DayByDay, Instant, Instant> openTime(Duration allowed) {
        return (hours, createdAt) -> hours.whenOpenFor(allowed, createdAt);
    }

    static BiFunction<DayByDay, Instant, Instant> businessDays(int days) {
        return (hours, createdAt) -> hours.businessDays(days, createdAt);
    }

    private static Map<DayOfWeek, List<Hours>> week(Line line) {
        boolean roundTheClock = line.plan() != Plan.BASIC && line.channel() != Channel.PHONE;
        boolean weekends = line.plan() == Plan.ENTERPRISE && line.channel() == Channel.CHAT;
        List<Hours> day = line.language() == Language.EN ? AFTERNOON : WITH_A_LUNCH_BREAK;
        Map<DayOfWeek, List<Hours>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek weekday : DayOfWeek.values()) {
            if (weekends || weekday.compareTo(DayOfWeek.FRIDAY) <= 0) {
                week.put(weekday, roundTheClock ? ALL_DAY : day);
            }
        }
        return week;
    }

    private static List<OpenSpan> weeklyMeetings() {
        List<OpenSpan> meetings = new ArrayList<>();
        LocalDate tuesday =
                Announcements.YEAR_BEGINS
                        .atZone(PACIFIC)
                        .toLocalDate()
                        .with(TemporalAdjusters.previous(DayOfWeek.TUESDAY));
        while (!tuesday.isAfter(LAST_MEETING)) {
            meetings.add(
                    new OpenSpan(
                            tuesday.atTime(8, 0).atZone(PACIFIC).toInstant(),
                            tuesday.atTime(9, 0).atZone(PACIFIC).toInstant()));
            tuesday = tuesday.plusWeeks(1);
        }
        return meetings;
    }

    private static boolean shuts(AnnouncedClosure closure, Line line) {
        return (closure.channels().isEmpty() || closure.channels().contains(line.channel()))
                && (closure.languages().isEmpty() || closure.languages().contains(line.language()));
    }

    private static Map<LocalDate, List<OpenSpan>> byDate(List<OpenSpan> closures, ZoneId zone) {
        Map<LocalDate, List<OpenSpan>> byDate = new HashMap<>();
        for (OpenSpan closure : closures) {
            LocalDate first = LocalDate.ofInstant(closure.from(), zone);
            LocalDate last = LocalDate.ofInstant(closure.to().minusNanos(1), zone);
            for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
                byDate.computeIfAbsent(date, none -> new ArrayList<>()).add(closure);
            }
        }
        return byDate;
    }

    private static Hours hours(int from, int to) {
        return new Hours(LocalTime.of(from, 0), LocalTime.of(to, 0));
    }
}
