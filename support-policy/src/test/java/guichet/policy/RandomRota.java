package guichet.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes rotas of every kind, busiest around an instant at which they are to be tried. */
final class RandomRota {

    /** Half-hour offsets and changes, gaps and overlaps about midnight, skipped dates. */
    private static final List<String> HARD_ZONES =
            List.of(
                    "Africa/Cairo",
                    "Africa/Casablanca",
                    "America/Asuncion",
                    "America/Caracas",
                    "America/Goose_Bay",
                    "America/Havana",
                    "America/Los_Angeles",
                    "America/Moncton",
                    "America/Sao_Paulo",
                    "America/Scoresbysund",
                    "America/St_Johns",
                    "Antarctica/Casey",
                    "Antarctica/Troll",
                    "Asia/Amman",
                    "Asia/Beirut",
                    "Asia/Dhaka",
                    "Asia/Gaza",
                    "Asia/Kathmandu",
                    "Asia/Pyongyang",
                    "Asia/Tehran",
                    "Atlantic/Azores",
                    "Australia/Lord_Howe",
                    "Europe/Dublin",
                    "Pacific/Apia",
                    "Pacific/Chatham",
                    "Pacific/Fakaofo",
                    "Pacific/Kiritimati",
                    "Pacific/Kwajalein");

    private static final List<String> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().toList();

    private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2040-01-01T00:00:00Z");
    private static final int DAY = 86_400;
    private static final int BLOCK_BITS = 25;

    private final Random random;

    RandomRota(Random random) {
        this.random = random;
    }

    ZoneId zone() {
        return ZoneId.of(oneOf(random.nextBoolean() ? HARD_ZONES : ZONES));
    }

    /**
     * A third of them at a change of the zone's offset, a third where {@link OpeningHours} begins a
     * new block.
     */
    Instant moment(ZoneId zone) {
        Instant anywhere =
                Instant.ofEpochSecond(
                        random.nextLong(EARLIEST.getEpochSecond(), LATEST.getEpochSecond()));
        return switch (random.nextInt(3)) {
            case 0 -> offsetChange(zone, anywhere);
            case 1 -> Instant.ofEpochSecond(anywhere.getEpochSecond() >> BLOCK_BITS << BLOCK_BITS);
            default -> anywhere;
        };
    }

    /** Of the changes just after and before, that which is closer to midnight. */
    private static Instant offsetChange(ZoneId zone, Instant about) {
        ZoneRules rules = zone.getRules();
        return Stream.of(rules.nextTransition(about), rules.previousTransition(about))
                .filter(Objects::nonNull)
                .filter(change -> change.getInstant().isAfter(EARLIEST))
                .min(Comparator.comparing(RandomRota::secondsFromMidnight))
                .map(ZoneOffsetTransition::getInstant)
                .orElse(about);
    }

    private static int secondsFromMidnight(ZoneOffsetTransition change) {
        int second = change.getDateTimeAfter().toLocalTime().toSecondOfDay();
        return Math.min(second, DAY - second);
    }

    Rota rota(ZoneId zone, Instant focus) {
        Set<Long> beginnings = new TreeSet<>(Set.of(Long.MIN_VALUE));
        for (int i = random.nextInt(3); i > 0; i--) {
            beginnings.add(change(focus).getEpochSecond());
        }
        List<Rota.Phase> phases = new ArrayList<>();
        for (long from : beginnings) {
            phases.add(
                    new Rota.Phase(
                            from,
                            new LocalHours("H1", zone, week(), specialDays(zone, focus)),
                            several(2, () -> meeting(zone, focus))));
        }
        return new Rota(phases, several(2, () -> announced(focus)));
    }

    Rota.Meeting meeting(ZoneId zone, Instant focus) {
        ZoneId own = random.nextBoolean() ? zone : zone();
        List<LocalSpan> times =
                random.nextInt(3) == 0 ? List.of(LocalSpan.WHOLE_DAY) : spansOfOneDay();
        return new Rota.Meeting(days(LocalDate.ofInstant(focus, own)), times, own);
    }

    DayRule days(LocalDate focus) {
        boolean always = random.nextBoolean();
        LocalDate starting = always ? Recurrence.EARLIEST : focus.minusDays(random.nextInt(900));
        LocalDate until =
                always && random.nextBoolean()
                        ? later(focus, Recurrence.EARLIEST.plusYears(8))
                                .plusDays(random.nextInt(10))
                        : Recurrence.FOR_EVER;
        return switch (random.nextInt(6)) {
            case 0 -> new DayRule.Weekly(weekdays(), 1 + random.nextInt(4), starting, until);
            case 1 ->
                    new DayRule.WeekdayOfMonth(
                            oneOf(List.of(-1, 1, 2, 3, 4, 5)),
                            weekday(),
                            1 + random.nextInt(3),
                            starting,
                            until);
            case 2 ->
                    new DayRule.DayOfMonth(
                            random.nextInt(4) == 0
                                    ? -1 - random.nextInt(28)
                                    : 1 + random.nextInt(31),
                            1 + random.nextInt(3),
                            starting.withDayOfMonth(1).withMonth(1),
                            until);
            case 3 ->
                    new DayRule.Yearly(
                            MonthDay.from(
                                    random.nextInt(8) == 0
                                            ? LocalDate.of(2024, 2, 29)
                                            : focus.plusDays(random.nextInt(-3, 9))),
                            starting,
                            until);
            case 4 ->
                    new DayRule.Times(
                            1 + random.nextInt(40),
                            1 + random.nextInt(10),
                            focus.minusDays(random.nextInt(100)));
            default -> new DayRule.Dates(several(5, () -> focus.plusDays(random.nextInt(-4, 9))));
        };
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private Set<DayOfWeek> weekdays() {
        Set<DayOfWeek> days = EnumSet.of(weekday());
        days.addAll(several(3, this::weekday));
        return days;
    }

    private DayOfWeek weekday() {
        return DayOfWeek.of(1 + random.nextInt(7));
    }

    private Week week() {
        Map<DayOfWeek, List<LocalSpan>> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(4) > 0) {
                days.put(day, spansOfOneDay());
            }
        }
        return new Week(days);
    }

    private Map<LocalDate, SpecialDay> specialDays(ZoneId zone, Instant focus) {
        Map<LocalDate, SpecialDay> days = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            LocalDate date = LocalDate.ofInstant(focus, zone).plusDays(random.nextInt(-3, 8));
            List<LocalSpan> spans = random.nextInt(3) == 0 ? List.of() : spansOfOneDay();
            days.put(date, new SpecialDay("own", "a special day", spans));
        }
        return days;
    }

    /** One to three spans in order, apart or touching, to the second, often from or to midnight. */
    private List<LocalSpan> spansOfOneDay() {
        List<Integer> ends = new ArrayList<>();
        for (int i = 2 + 2 * random.nextInt(3); i > 0; i--) {
            ends.add(secondOfDay());
        }
        Collections.sort(ends);
        List<LocalSpan> spans = new ArrayList<>();
        for (int i = 0; i < ends.size(); i += 2) {
            if (ends.get(i) < ends.get(i + 1)) {
                spans.add(new LocalSpan(ends.get(i), ends.get(i + 1)));
            }
        }
        return spans.isEmpty() ? List.of(LocalSpan.WHOLE_DAY) : spans;
    }

    private int secondOfDay() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> DAY;
            case 2 -> random.nextInt(DAY);
            case 3 -> 60 * random.nextInt(180);
            case 4 -> DAY - 60 * random.nextInt(180);
            default -> 1800 * random.nextInt(49);
        };
    }

    private AnnouncedClosure announced(Instant focus) {
        Instant one = change(focus);
        Instant other = change(focus);
        return new AnnouncedClosure(
                "a",
                one.isBefore(other) ? one : other,
                one.isBefore(other) ? other : one.plusNanos(1),
                Set.of(),
                Set.of(),
                "a storm");
    }

    private Instant change(Instant focus) {
        return near(focus, random.nextBoolean() ? Duration.ofHours(2) : Duration.ofDays(2));
    }

    /** At most so far before or after, to the nanosecond. */
    Instant near(Instant focus, Duration atMost) {
        return focus.plusNanos(random.nextLong(-atMost.toNanos(), atMost.toNanos()));
    }

    private <T> List<T> several(int atMost, Supplier<T> each) {
        return Stream.generate(each).limit(random.nextInt(atMost + 1)).toList();
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
