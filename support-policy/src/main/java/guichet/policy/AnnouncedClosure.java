package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * A closure announced while the desk runs (H6).
 *
 * @param id names it; announced again under the same id, it replaces the earlier one
 * @param from its first instant, cut to the second
 * @param to the first instant after it, taken up to the next second; at most a year after {@code
 *     from}
 * @param channels those that are shut; empty for all
 * @param languages those that are shut; empty for all
 * @param reason what is going on, for customers and agents to read
 */
public record AnnouncedClosure(
        String id,
        Instant from,
        Instant to,
        Set<Channel> channels,
        Set<Language> languages,
        String reason) {

    /** A leap year, and the second to which an end is rounded up. */
    private static final Duration LONGEST = Duration.ofDays(366).plusSeconds(1);

    private static final Duration ALMOST_A_SECOND = Duration.ofSeconds(1).minusNanos(1);

    /** It can be taken up to the next second. */
    private static final Instant LATEST = Instant.MAX.minus(ALMOST_A_SECOND);

    /**
     * @throws IllegalArgumentException if it does not end after it begins, or lasts over a year
     */
    public AnnouncedClosure {
        if (!to.isAfter(from) || to.isAfter(LATEST)) {
            throw notWithinAYear(from, to);
        }
        from = from.truncatedTo(ChronoUnit.SECONDS);
        to = to.plus(ALMOST_A_SECOND).truncatedTo(ChronoUnit.SECONDS);
        // Rounded, so that a closure that was taken can be made again of what it says.
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw notWithinAYear(from, to);
        }
        channels = Set.copyOf(channels);
        languages = Set.copyOf(languages);
    }

    private static IllegalArgumentException notWithinAYear(Instant from, Instant to) {
        return new IllegalArgumentException(
                "a closure ends after it begins and within a year: " + from + " to " + to);
    }

    boolean fits(Line line) {
        return (channels.isEmpty() || channels.contains(line.channel()))
                && (languages.isEmpty() || languages.contains(line.language()));
    }
}
