package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * When a line is open (H1 to H6). Spans are half-open: a line is open at its opening instant and
 * shut at its closing instant. All durations are real elapsed time, also across changes of the
 * zone's offset.
 *
 * <p>Time is cut into blocks of about a year; the spans of a block are worked out once, when first
 * asked for. Searches look at most {@value #HORIZON} blocks, over a hundred years, ahead or back;
 * those for a closing at most {@value #CLOSING_HORIZON}.
 */
public final class OpeningHours {

    /** A block is 2<sup>25</sup> seconds, 388 days. */
    private static final int BLOCK_BITS = 25;

    private static final long BLOCK_SECONDS = 1L << BLOCK_BITS;
    private static final int HORIZON = 100;

    /** What stays open for so many blocks is taken never to close. */
    private static final int CLOSING_HORIZON = 10;

    private static final long SEARCHED_SECONDS = (HORIZON + 1) * BLOCK_SECONDS;

    /** From 1970 to 2106; blocks outside are worked out at each call. */
    private static final int BLOCKS_KEPT = 128;

    /** No zone's date lasts longer. */
    private static final long LONGEST_DATE_SECONDS = 2 * 86_400;

    private final List<Timetable> timetables;
    private final List<Closure.Announced> announced;
    private final AtomicReferenceArray<Block> blocks = new AtomicReferenceArray<>(BLOCKS_KEPT);

    /**
     * @param timetables in the order of their beginnings, all in one zone
     * @param announced what was announced at run time and shuts the line as well
     */
    OpeningHours(List<Timetable> timetables, List<Closure.Announced> announced) {
        this.timetables = List.copyOf(timetables);
        this.announced = List.copyOf(announced);
    }

    /** These hours with other announcements. */
    OpeningHours announcing(List<Closure.Announced> closures) {
        return closures.equals(announced) ? this : new OpeningHours(timetables, closures);
    }

    /** The zone in which the line's days begin and end. */
    public ZoneId zone() {
        return timetables.getFirst().hours().zone();
    }

    /** Whether the line is open at {@code at}. */
    public boolean isOpen(Instant at) {
        long second = at.getEpochSecond();
        return openings(second >> BLOCK_BITS).contains(second);
    }

    /**
     * The first instant from {@code at} on at which the line is open: {@code at} itself when it is
     * open then. Empty where there is none within a hundred years.
     */
    public Optional<Instant> nextOpening(Instant at) {
        if (isOpen(at)) {
            return Optional.of(at);
        }
        long second = at.getEpochSecond();
        long first = second >> BLOCK_BITS;
        for (long index = first; index <= first + HORIZON; index++) {
            Openings openings = openings(index);
            int next = openings.lastStartingBy(second) + 1;
            if (next < openings.size()) {
                return Optional.of(Instant.ofEpochSecond(openings.start(next)));
            }
        }
        return Optional.empty();
    }

    /**
     * The first instant after {@code at} at which the line closes; when it is shut at {@code at},
     * the end of its next opening. Empty where it opens at no time within a hundred years, or stays
     * open for ten.
     */
    public Optional<Instant> nextClosing(Instant at) {
        return nextOpening(at)
                .flatMap(
                        open ->
                                endOfOpening(
                                        open,
                                        (open.getEpochSecond() >> BLOCK_BITS) + CLOSING_HORIZON));
    }

    /** Looked for up to the end of a block. */
    private Optional<Instant> endOfOpening(Instant open, long lastBlock) {
        long second = open.getEpochSecond();
        long first = second >> BLOCK_BITS;
        for (long index = first; index <= lastBlock; index++) {
            Openings openings = openings(index);
            int current = openings.lastStartingBy(Math.max(second, index << BLOCK_BITS));
            if (current < 0) {
                return Optional.of(Instant.ofEpochSecond(index << BLOCK_BITS));
            }
            long end = openings.end(current);
            if (end < (index + 1) << BLOCK_BITS) {
                return Optional.of(Instant.ofEpochSecond(end));
            }
        }
        return Optional.empty();
    }

    /**
     * The latest instant up to {@code before} such that the line is open right up to it: {@code
     * before} itself when the line is open just before it, else its last closing. Empty where there
     * is none within a hundred years.
     */
    Optional<Instant> lastOpen(Instant before) {
        long second = before.getEpochSecond();
        if (before.getNano() > 0 && isOpen(before)) {
            return Optional.of(before);
        }
        long last = (second - (before.getNano() > 0 ? 0 : 1)) >> BLOCK_BITS;
        for (long index = last; index >= last - HORIZON; index--) {
            Openings openings = openings(index);
            int latest = openings.lastStartingBy(second - 1);
            if (latest >= 0) {
                return Optional.of(Instant.ofEpochSecond(Math.min(second, openings.end(latest))));
            }
        }
        return Optional.empty();
    }

    /**
     * The time for which the line is open in {@code [from, to)}; zero where {@code to} is not after
     * {@code from}.
     *
     * @throws IllegalArgumentException if the two are more than a hundred years apart
     */
    public Duration openTime(Instant from, Instant to) {
        if (!to.isAfter(from)) {
            return Duration.ZERO;
        }
        long first = from.getEpochSecond() >> BLOCK_BITS;
        long last = to.getEpochSecond() >> BLOCK_BITS;
        if (last - first > HORIZON) {
            throw new IllegalArgumentException(
                    from + " and " + to + " are more than a hundred years apart");
        }
        long open = openSinceBlockStart(to) - openSinceBlockStart(from);
        for (long index = first; index < last; index++) {
            open += openings(index).total();
        }
        return Duration.ofNanos(open);
    }

    /**
     * The earliest instant by which the line has been open for {@code openTime} since {@code from};
     * where the time is used up exactly at a closing, that closing. Zero has passed at {@code from}
     * itself. Empty where it takes more than a hundred years.
     *
     * @throws IllegalArgumentException if {@code openTime} is negative
     */
    public Optional<Instant> whenOpenTimeHasPassed(Instant from, Duration openTime) {
        if (openTime.isNegative()) {
            throw new IllegalArgumentException("open time must not be negative, was " + openTime);
        }
        if (openTime.isZero()) {
            return Optional.of(from);
        }
        if (openTime.getSeconds() > SEARCHED_SECONDS) {
            return Optional.empty();
        }
        long left = openTime.toNanos() + openSinceBlockStart(from);
        long first = from.getEpochSecond() >> BLOCK_BITS;
        for (long index = first; index <= first + HORIZON; index++) {
            Openings openings = openings(index);
            if (left <= openings.total()) {
                return Optional.of(openings.whenPassed(left));
            }
            left -= openings.total();
        }
        return Optional.empty();
    }

    /** In nanoseconds, of which a {@code long} can hold nearly three hundred years. */
    private long openSinceBlockStart(Instant at) {
        return openings(at.getEpochSecond() >> BLOCK_BITS).openBefore(at);
    }

    /** All openings that begin before {@code to} and end after {@code from}, cut to the two. */
    public List<OpenSpan> openings(Instant from, Instant to) {
        List<OpenSpan> openings = new ArrayList<>();
        long lastBlock = to.getEpochSecond() >> BLOCK_BITS;
        Instant at = from;
        while (at.isBefore(to)) {
            Instant opening = nextOpening(at).orElse(to);
            if (!opening.isBefore(to)) {
                break;
            }
            at =
                    endOfOpening(opening, lastBlock)
                            .filter(closing -> closing.isBefore(to))
                            .orElse(to);
            openings.add(new OpenSpan(opening, at));
        }
        return List.copyOf(openings);
    }

    /** What shuts and opens the line in {@code [from, to)}, without gaps. */
    List<Stretch> stretches(Instant from, Instant to) {
        return new Timeline(timetables, announced).stretches(from, to);
    }

    /**
     * The business day of {@code at} when the line is open then, else that of its next opening.
     *
     * @throws NoSuchElementException if it does not open within a hundred years
     */
    BusinessDay businessDay(Instant at) {
        long second = nextOpening(at).orElseThrow().getEpochSecond();
        long block = second >> BLOCK_BITS;
        return businessDay(block, dates(block).lastStartingBy(second));
    }

    /**
     * A business day by its number in a block; numbers before the first and after the last are in
     * the blocks beside it.
     *
     * @throws NoSuchElementException if it is over a hundred years away
     */
    BusinessDay businessDay(long block, int number) {
        long last = block + HORIZON;
        long inBlock = block;
        int index = number;
        while (index < 0) {
            inBlock--;
            index += dates(inBlock).size();
        }
        while (index >= dates(inBlock).size()) {
            index -= dates(inBlock).size();
            inBlock++;
            if (inBlock > last) {
                throw new NoSuchElementException("no such business day within a hundred years");
            }
        }
        return new BusinessDay(this, inBlock, index);
    }

    /** The business days that begin in a block. */
    BusinessDates dates(long block) {
        return block(block).dates();
    }

    private Openings openings(long index) {
        return block(index).open();
    }

    private Block block(long index) {
        if (index < 0 || index >= BLOCKS_KEPT) {
            return workOut(index);
        }
        Block known = blocks.get((int) index);
        if (known == null) {
            known = workOut(index);
            blocks.set((int) index, known);
        }
        return known;
    }

    private Block workOut(long index) {
        long from = index << BLOCK_BITS;
        long to = from + BLOCK_SECONDS;
        Spans open = open(from, to + LONGEST_DATE_SECONDS);
        return new Block(
                new Openings(open.within(from, to)), BusinessDates.in(from, to, open, zone()));
    }

    private Spans open(long from, long to) {
        Spans.Builder scheduled = new Spans.Builder(from, to);
        for (int i = 0; i < timetables.size(); i++) {
            Timetable timetable = timetables.get(i);
            long begin = Math.max(from, timetable.from());
            long end = i + 1 < timetables.size() ? Math.min(to, timetables.get(i + 1).from()) : to;
            if (begin < end) {
                scheduled.add(timetable.between(begin, end));
            }
        }
        Spans open = scheduled.build();
        for (Closure closure : announced) {
            open = open.minus(closure.between(from, to));
        }
        return open;
    }
}
