package guichet.policy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A random rota and a window of time in which it is tried. Each run of the tests draws {@value
 * #COUNT} of its own and asks each of them many questions; {@code -Dguichet.situations=} with the
 * number that a failure names draws the same again.
 */
final class Situation {

    private static final int COUNT = 1000;
    private static final long RUN =
            Long.getLong("guichet.situations", new Random().nextLong(1_000_000));
    private static final AtomicReferenceArray<Situation> DRAWN = new AtomicReferenceArray<>(COUNT);

    private static final Duration BEFORE = Duration.ofDays(6);
    private static final Duration AFTER = Duration.ofDays(15);
    private static final Duration FROM_EDGE = Duration.ofDays(3);

    private final int number;
    private final Instant focus;
    private final Rota rota;
    private final OpeningHours hours;
    private final SlowHours slow;
    private final Rota.Meeting meeting;
    private final OpeningHours hoursWithMeeting;

    private Situation(int number, RandomRota random, Rota rota, Instant focus) {
        this.number = number;
        this.focus = focus;
        this.rota = rota;
        this.hours = rota.hours();
        this.slow = slow(rota);
        this.meeting = random.meeting(rota.zone(), focus);
        this.hoursWithMeeting = rota.with(meeting).hours();
    }

    private static Situation any(Random random) {
        int number = random.nextInt(COUNT);
        Situation drawn = DRAWN.get(number);
        if (drawn == null) {
            drawn = draw(number);
            DRAWN.set(number, drawn);
        }
        return drawn;
    }

    /** Lines that hardly ever open are refused when a policy is read. */
    private static Situation draw(int number) {
        RandomRota random = new RandomRota(new Random(RUN * COUNT + number));
        while (true) {
            ZoneId zone = random.zone();
            Instant focus = random.moment(zone);
            Situation drawn = new Situation(number, random, random.rota(zone, focus), focus);
            if (drawn.slow.nextOpening(focus.plus(AFTER).minus(FROM_EDGE)).isPresent()
                    && drawn.slow.lastOpen(focus.minus(FROM_EDGE)).isPresent()) {
                return drawn;
            }
        }
    }

    /** Other rules in the same window. */
    SlowHours slow(Rota other) {
        return new SlowHours(
                other, focus.minus(BEFORE).getEpochSecond(), focus.plus(AFTER).getEpochSecond());
    }

    Rota rota() {
        return rota;
    }

    OpeningHours hours() {
        return hours;
    }

    SlowHours slow() {
        return slow;
    }

    Rota.Meeting meeting() {
        return meeting;
    }

    /** With {@link #meeting} as well. */
    OpeningHours hoursWithMeeting() {
        return hoursWithMeeting;
    }

    /**
     * A third near the focus or up to three days before, a third near an opening or closing, half
     * of them whole seconds.
     */
    private Instant moment(Random random) {
        Instant moment =
                switch (random.nextInt(3)) {
                    case 0 -> nearFocus(random).minus(Duration.ofDays(random.nextInt(4)));
                    case 1 -> edge(random).plusSeconds(random.nextInt(-1, 2)).plusNanos(999);
                    default -> between(random);
                };
        return random.nextBoolean() ? Instant.ofEpochSecond(moment.getEpochSecond()) : moment;
    }

    private Instant nearFocus(Random random) {
        return new RandomRota(random).near(focus, Duration.ofHours(3));
    }

    private Instant edge(Random random) {
        List<OpenSpan> openings =
                slow.openings().stream()
                        .filter(it -> it.from().isAfter(slow.start().plus(FROM_EDGE)))
                        .filter(it -> it.to().isBefore(slow.end().minus(FROM_EDGE)))
                        .toList();
        if (openings.isEmpty()) {
            return between(random);
        }
        OpenSpan opening = openings.get(random.nextInt(openings.size()));
        return random.nextBoolean() ? opening.from() : opening.to();
    }

    private Instant between(Random random) {
        Instant first = slow.start().plus(FROM_EDGE);
        Duration window = Duration.between(first, slow.end().minus(FROM_EDGE));
        return first.plusNanos(random.nextLong(window.toNanos()));
    }

    /** Half of them by the offset from before the focus, so that a gap there is hit. */
    private LocalTime time(Random random) {
        ZoneOffset offset = rota.zone().getRules().getOffset(focus.minusSeconds(1));
        return random.nextBoolean()
                ? LocalTime.ofInstant(nearFocus(random), offset)
                : LocalTime.ofSecondOfDay(random.nextInt(86_400));
    }

    static Arbitrary<Question> questions() {
        return Arbitraries.randomValue(Situation::question);
    }

    private static Question question(Random random) {
        Situation situation = any(random);
        Instant one = situation.moment(random);
        Instant other = situation.moment(random);
        Duration longest = Duration.ofHours(oneOf(random, 1, 8, 60));
        Duration openTime = Duration.ofNanos(random.nextLong(longest.toNanos()));
        return new Question(
                situation,
                one.isBefore(other) ? one : other,
                one.isBefore(other) ? other : one,
                random.nextBoolean() ? Duration.ofSeconds(openTime.toSeconds()) : openTime,
                situation.time(random),
                random.nextInt(5));
    }

    private static int oneOf(Random random, int... numbers) {
        return numbers[random.nextInt(numbers.length)];
    }

    /**
     * What is asked of a situation.
     *
     * @param later never before {@code at}
     */
    record Question(
            Situation situation,
            Instant at,
            Instant later,
            Duration openTime,
            LocalTime time,
            int days) {}

    @Override
    public String toString() {
        return "situation %d of -Dguichet.situations=%d about %s: %s; other meeting: %s"
                .formatted(number, RUN, focus, rota, meeting);
    }
}
