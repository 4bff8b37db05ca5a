package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * When a line is open by the definition, one bit for each second of a window; what {@link
 * OpeningHours} is held to. A local date lasts from its first midnight to the first midnight of the
 * next one; a span's ends are what {@link java.time.ZonedDateTime} makes of them, cut to the date.
 *
 * <p>An empty answer means that the window is too short to tell.
 */
final class SlowHours {

    private static final int DAY = 86_400;
    private static final long NANOS = 1_000_000_000;

    private final long from;
    private final int size;
    private final ZoneId zone;
    private final BitSet open;

    /** Of the window {@code [from, to)}, in epoch seconds. */
    SlowHours(Rota rota, long from, long to) {
        this.from = from;
        this.size = Math.toIntExact(to - from);
        this.zone = rota.zone();
        this.open = new BitSet(size);
        for (int i = 0; i < rota.phases().size(); i++) {
            BitSet phase = secondsOf(rota.phases().get(i));
            phase.clear(0, index(rota.phases().get(i).from()));
            if (i + 1 < rota.phases().size()) {
                phase.clear(index(rota.phases().get(i + 1).from()), size);
            }
            open.or(phase);
        }
        for (AnnouncedClosure closure : rota.announced()) {
            open.clear(
                    index(closure.from().getEpochSecond()), index(closure.to().getEpochSecond()));
        }
    }

    private BitSet secondsOf(Rota.Phase phase) {
        BitSet seconds = new BitSet(size);
        LocalHours hours = phase.hours();
        for (LocalDate date : dates(hours.zone())) {
            SpecialDay special = hours.specialDays().get(date);
            set(
                    seconds,
                    true,
                    date,
                    special == null ? hours.week().on(date.getDayOfWeek()) : special.spans(),
                    hours.zone());
        }
        for (Rota.Meeting meeting : phase.meetings()) {
            for (LocalDate date : dates(meeting.zone())) {
                if (meeting.days().includes(date)) {
                    set(seconds, false, date, meeting.times(), meeting.zone());
                }
            }
        }
        return seconds;
    }

    /** More than those that the window meets. */
    private List<LocalDate> dates(ZoneId inZone) {
        LocalDate first = LocalDate.ofInstant(Instant.ofEpochSecond(from), inZone).minusDays(2);
        LocalDate last =
                LocalDate.ofInstant(Instant.ofEpochSecond(from + size), inZone).plusDays(2);
        return first.datesUntil(last).toList();
    }

    private void set(
            BitSet seconds, boolean value, LocalDate date, List<LocalSpan> spans, ZoneId inZone) {
        long start = start(date, inZone);
        long end = start(date.plusDays(1), inZone);
        for (LocalSpan span : spans) {
            int first = index(Math.max(start, second(date, span.from(), inZone)));
            int last = index(Math.min(end, second(date, span.to(), inZone)));
            if (first < last) {
                seconds.set(first, last, value);
            }
        }
    }

    private static long second(LocalDate date, int secondOfDay, ZoneId inZone) {
        return secondOfDay == DAY
                ? start(date.plusDays(1), inZone)
                : date.atTime(LocalTime.ofSecondOfDay(secondOfDay)).atZone(inZone).toEpochSecond();
    }

    private static long start(LocalDate date, ZoneId inZone) {
        return date.atStartOfDay(inZone).toEpochSecond();
    }

    private int index(long second) {
        return (int) Math.clamp(second < from ? 0 : second - from, 0, size);
    }

    Instant start() {
        return Instant.ofEpochSecond(from);
    }

    Instant end() {
        return Instant.ofEpochSecond(from + size);
    }

    boolean isOpen(Instant at) {
        return open.get(index(at.getEpochSecond()));
    }

    /** What is open without a break within the window. */
    List<OpenSpan> openings() {
        List<OpenSpan> openings = new ArrayList<>();
        int end = 0;
        for (int first = open.nextSetBit(0); first >= 0; first = open.nextSetBit(end)) {
            end = open.nextClearBit(first);
            openings.add(new OpenSpan(instant(first), instant(end)));
        }
        return openings;
    }

    Optional<Instant> nextOpening(Instant at) {
        if (isOpen(at)) {
            return Optional.of(at);
        }
        int next = open.nextSetBit(index(at.getEpochSecond()));
        return next < 0 ? Optional.empty() : Optional.of(instant(next));
    }

    Optional<Instant> nextClosing(Instant at) {
        return nextOpening(at)
                .map(opening -> open.nextClearBit(index(opening.getEpochSecond())))
                .filter(closing -> closing < size)
                .map(this::instant);
    }

    Optional<Instant> lastOpen(Instant before) {
        if (before.getNano() > 0 && isOpen(before)) {
            return Optional.of(before);
        }
        int last = open.previousSetBit(index(before.getEpochSecond()) - 1);
        return last < 0 ? Optional.empty() : Optional.of(instant(last + 1));
    }

    Duration openTime(Instant start, Instant end) {
        BitSet between = open.get(index(start.getEpochSecond()), index(end.getEpochSecond()));
        return Duration.ofSeconds(between.cardinality())
                .plusNanos(isOpen(end) ? end.getNano() : 0)
                .minusNanos(isOpen(start) ? start.getNano() : 0);
    }

    /** Waits second by second. */
    Optional<Instant> whenOpenTimeHasPassed(Instant start, Duration openTime) {
        if (openTime.isZero()) {
            return Optional.of(start);
        }
        long left = openTime.toNanos();
        long begun = start.getNano();
        for (int second = index(start.getEpochSecond()); second < size; second++) {
            if (open.get(second)) {
                if (left <= NANOS - begun) {
                    return Optional.of(instant(second).plusNanos(begun + left));
                }
                left -= NANOS - begun;
            }
            begun = 0;
        }
        return Optional.empty();
    }

    /** The date that {@code at} falls on. */
    LocalDate date(Instant at) {
        LocalDate date = LocalDate.ofInstant(at, zone).minusDays(2);
        while (start(date.plusDays(1), zone) <= at.getEpochSecond()) {
            date = date.plusDays(1);
        }
        return date;
    }

    /** The date of {@code at} when it is open then, else of the next opening, or days later. */
    Optional<LocalDate> businessDay(Instant at, int later) {
        return nextOpening(at).flatMap(opening -> openDate(date(opening), later));
    }

    /** Walks from date to date and counts those with any open time. */
    private Optional<LocalDate> openDate(LocalDate first, int later) {
        int left = later;
        for (LocalDate date = first; end(date) <= from + size; date = date.plusDays(1)) {
            if (hasOpenTime(date) && left-- == 0) {
                return Optional.of(date);
            }
        }
        return Optional.empty();
    }

    private boolean hasOpenTime(LocalDate date) {
        int next = open.nextSetBit(index(start(date, zone)));
        return next >= 0 && next < index(end(date));
    }

    private long end(LocalDate date) {
        return start(date.plusDays(1), zone);
    }

    Duration openTime(LocalDate date) {
        return openTime(Instant.ofEpochSecond(start(date, zone)), Instant.ofEpochSecond(end(date)));
    }

    /** The end of the last opening of a business day. */
    Instant close(LocalDate date) {
        return instant(open.previousSetBit(index(end(date)) - 1) + 1);
    }

    /**
     * A local time of a business day when it is open then, else the last closing of the day before
     * it, else the day's first opening. A time that a gap moves to the next date is the day's end.
     */
    Instant lastOpenBy(LocalDate date, LocalTime time) {
        Instant wanted = date.atTime(time).atZone(zone).toInstant();
        if (wanted.getEpochSecond() >= end(date)) {
            return close(date);
        }
        if (isOpen(wanted)) {
            return wanted;
        }
        int start = index(start(date, zone));
        int last = open.previousSetBit(index(wanted.getEpochSecond()));
        return instant(last >= start ? last + 1 : open.nextSetBit(start));
    }

    Optional<Instant> due(Target target, Instant createdAt) {
        return switch (target) {
            case Target.OpenTime(Duration duration) -> whenOpenTimeHasPassed(createdAt, duration);
            case Target.BusinessDays(int days) when isOpen(createdAt) ->
                    businessDay(createdAt, days)
                            .map(day -> lastOpenBy(day, LocalTime.ofInstant(createdAt, zone)));
            case Target.BusinessDays(int days) -> businessDay(createdAt, days - 1).map(this::close);
            case Target.HalfBusinessDay() ->
                    businessDay(createdAt, 0)
                            .flatMap(
                                    day ->
                                            whenOpenTimeHasPassed(
                                                    createdAt, openTime(day).dividedBy(2)));
        };
    }

    private Instant instant(int index) {
        return Instant.ofEpochSecond(from + index);
    }
}
