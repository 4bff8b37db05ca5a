package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * When a line is open (H1 to H5). Spans are half-open: a line is open at its opening instant and
 * shut at its closing instant. All durations are real elapsed time, also across changes of the
 * zone's offset.
 *
 * <p>Time is cut into blocks of about a year; the spans of a block are worked out once, when first
 * asked for. Searches look at most {@value #HORIZON} blocks, over a hundred years, ahead or back.
 */
public final class OpeningHours {

    /** A block is 2<sup>25</sup> seconds, 388 days. */
    private static final int BLOCK_BITS = 25;

    private static final long BLOCK_SECONDS = 1L << BLOCK_BITS;
    private static final int HORIZON = 100;

    /** From 1970 to 2106; blocks outside are worked out at each call. */
    private static final int BLOCKS_KEPT = 128;

    private final WeeklySpans weekly;
    private final List<Closure> closures;
    private final AtomicReferenceArray<Spans> blocks = new AtomicReferenceArray<>(BLOCKS_KEPT);

    OpeningHours(WeeklySpans weekly, List<Closure> closures) {
        this.weekly = weekly;
        this.closures = List.copyOf(closures);
    }

    /** The zone in which the line's days begin and end. */
    public ZoneId zone() {
        return weekly.zone();
    }

    /** Whether the line is open at {@code at}. */
    public boolean isOpen(Instant at) {
        long second = at.getEpochSecond();
        return block(second >> BLOCK_BITS).contains(second);
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
            Spans spans = block(index);
            int next = spans.lastStartingBy(second) + 1;
            if (next < spans.size()) {
                return Optional.of(Instant.ofEpochSecond(spans.start(next)));
            }
        }
        return Optional.empty();
    }

    /**
     * The first instant after {@code at} at which the line closes; when it is shut at {@code at},
     * the end of its next opening. Empty where there is none within a hundred years.
     */
    public Optional<Instant> nextClosing(Instant at) {
        return nextOpening(at).flatMap(this::endOfOpening);
    }

    private Optional<Instant> endOfOpening(Instant open) {
        long second = open.getEpochSecond();
        long first = second >> BLOCK_BITS;
        for (long index = first; index <= first + HORIZON; index++) {
            Spans spans = block(index);
            int current = spans.lastStartingBy(Math.max(second, index << BLOCK_BITS));
            if (current < 0) {
                return Optional.of(Instant.ofEpochSecond(index << BLOCK_BITS));
            }
            long end = spans.end(current);
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
            Spans spans = block(index);
            int latest = spans.lastStartingBy(second - 1);
            if (latest >= 0) {
                return Optional.of(Instant.ofEpochSecond(Math.min(second, spans.end(latest))));
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
        Duration open = openSinceBlockStart(to).minus(openSinceBlockStart(from));
        for (long index = first; index < last; index++) {
            open = open.plusSeconds(block(index).total());
        }
        return open;
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
        Duration left = openTime.plus(openSinceBlockStart(from));
        long first = from.getEpochSecond() >> BLOCK_BITS;
        for (long index = first; index <= first + HORIZON; index++) {
            Spans spans = block(index);
            Duration total = Duration.ofSeconds(spans.total());
            if (left.compareTo(total) <= 0) {
                return Optional.of(whenPassed(spans, left));
            }
            left = left.minus(total);
        }
        return Optional.empty();
    }

    private static Instant whenPassed(Spans spans, Duration open) {
        if (open.getNano() == 0) {
            return Instant.ofEpochSecond(spans.whenPassed(open.getSeconds()));
        }
        long secondBegun = spans.whenPassed(open.getSeconds() + 1) - 1;
        return Instant.ofEpochSecond(secondBegun, open.getNano());
    }

    private Duration openSinceBlockStart(Instant at) {
        long second = at.getEpochSecond();
        Spans spans = block(second >> BLOCK_BITS);
        return Duration.ofSeconds(
                spans.secondsBefore(second), spans.contains(second) ? at.getNano() : 0);
    }

    private Spans block(long index) {
        if (index < 0 || index >= BLOCKS_KEPT) {
            return workOut(index);
        }
        Spans known = blocks.get((int) index);
        if (known == null) {
            known = workOut(index);
            blocks.set((int) index, known);
        }
        return known;
    }

    private Spans workOut(long index) {
        long from = index << BLOCK_BITS;
        long to = from + BLOCK_SECONDS;
        Spans open = weekly.between(from, to);
        for (Closure closure : closures) {
            open = open.minus(closure.between(from, to));
        }
        return open;
    }
}
