package guichet.policy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Random calendars, and instants where they are hard: near changes of a zone's offset. */
final class Calendars {

    /** Half-hour offsets and changes, gaps and overlaps at midnight, a skipped date among them. */
    private static final List<String> ZONES =
            List.of(
                    "America/Los_Angeles",
                    "America/Sao_Paulo",
                    "Europe/Berlin",
                    "Europe/Dublin",
                    "America/St_Johns",
                    "America/Havana",
                    "Africa/Cairo",
                    "Africa/Casablanca",
                    "Asia/Beirut",
                    "Asia/Kathmandu",
                    "Asia/Tehran",
                    "Antarctica/Troll",
                    "Australia/Lord_Howe",
                    "Pacific/Apia",
                    "Pacific/Chatham",
                    "Etc/UTC");

    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2037-01-01T00:00:00Z");

    private Calendars() {}

    static Arbitrary<SlowCalendar> any() {
        Arbitrary<List<WeeklySpans>> closures =
                Combinators.combine(zones(), weeks()).as(WeeklySpans::new).list().ofMaxSize(2);
        return Combinators.combine(zones(), weeks(), closures)
                .as((zone, week, shut) -> new SlowCalendar(new WeeklySpans(zone, week), shut));
    }

    /**
     * To the minute; a third of them within two days of a change of the zone's offset, a third
     * within two days of where {@link OpeningHours} begins a new block.
     */
    static Arbitrary<Instant> minutes(ZoneId zone) {
        Arbitrary<Instant> anywhere =
                Arbitraries.longs()
                        .between(EARLIEST.getEpochSecond() / 60, LATEST.getEpochSecond() / 60)
                        .map(minute -> Instant.ofEpochSecond(minute * 60));
        Arbitrary<Instant> nearChange =
                Combinators.combine(anywhere, Arbitraries.integers().between(-2880, 2880))
                        .as((instant, minutes) -> near(zone, instant).plusSeconds(minutes * 60L));
        Arbitrary<Instant> nearBlock =
                Combinators.combine(
                                Arbitraries.longs().between(30, 62),
                                Arbitraries.integers().between(-2880, 2880))
                        .as(
                                (block, minutes) ->
                                        Instant.ofEpochSecond(block << 25)
                                                .truncatedTo(ChronoUnit.MINUTES)
                                                .plusSeconds(minutes * 60L));
        return Arbitraries.oneOf(anywhere, nearChange, nearBlock);
    }

    static Arbitrary<Duration> durations(Duration longest) {
        return Arbitraries.longs().between(0, longest.toNanos()).map(Duration::ofNanos);
    }

    private static Instant near(ZoneId zone, Instant instant) {
        ZoneOffsetTransition change = zone.getRules().previousTransition(instant);
        return change == null || change.getInstant().isBefore(EARLIEST)
                ? instant
                : change.getInstant();
    }

    private static Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZONES).map(ZoneId::of);
    }

    private static Arbitrary<Week> weeks() {
        return Arbitraries.maps(Arbitraries.of(DayOfWeek.class), days())
                .ofMinSize(1)
                .map(EnumMap::new)
                .map(Week::new);
    }

    /** Up to three spans, often from or to midnight, made of an even number of distinct minutes. */
    private static Arbitrary<List<LocalSpan>> days() {
        Arbitrary<Integer> minute =
                Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.integers().between(0, 1440)),
                        Tuple.of(1, Arbitraries.of(0, 60, 120, 180, 1380, 1440)));
        return minute.set().ofMinSize(2).ofMaxSize(6).map(Calendars::spans);
    }

    private static List<LocalSpan> spans(Set<Integer> minutes) {
        List<Integer> ends = List.copyOf(new TreeSet<>(minutes));
        List<LocalSpan> spans = new ArrayList<>();
        for (int i = 0; i + 1 < ends.size(); i += 2) {
            spans.add(new LocalSpan(ends.get(i) * 60, ends.get(i + 1) * 60));
        }
        return spans;
    }
}
