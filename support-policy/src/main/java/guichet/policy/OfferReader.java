package guichet.policy;

import java.time.Duration;
import java.util.Optional;

/** Reads the heading {@code offers}. */
final class OfferReader {

    private static final int MOST_MISSES = 100;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Range LASTS = new Range(SECOND, Duration.ofMinutes(10));
    private static final Range PREFERRED = new Range(Duration.ZERO, Duration.ofHours(24));
    private static final Range AGAIN = new Range(SECOND, Duration.ofHours(24));
    private static final Range SECOND_LANGUAGE = new Range(SECOND, Duration.ofHours(24));
    private static final Range OFFLINE = new Range(SECOND, Duration.ofHours(1));

    private final Optional<Section> offers;

    OfferReader(Section edition) {
        this.offers =
                edition.require("offers", "{lasts: 20 seconds, missed-until-away: 2, ...}")
                        .map(Entry::section);
    }

    OfferRules read() {
        OfferRules rules =
                new OfferRules(
                        time("lasts", "20 seconds", LASTS),
                        missesUntilAway(),
                        time("preferred-agent-first", "1 minute", PREFERRED),
                        time("again-after-decline", "30 seconds", AGAIN),
                        secondLanguageAfter(),
                        time("offline-after", "45 seconds", OFFLINE));
        offers.ifPresent(Section::refuseOthers);
        return rules;
    }

    private Duration time(String key, String example, Range range) {
        return require(key, example)
                .flatMap(entry -> entry.parsed(range::parse, "write " + range))
                .orElse(range.shortest());
    }

    private int missesUntilAway() {
        return require("missed-until-away", "2")
                .flatMap(
                        entry ->
                                entry.parsed(
                                        OfferReader::misses,
                                        "write a whole number from 1 to " + MOST_MISSES))
                .orElse(1);
    }

    private static Optional<Integer> misses(String text) {
        return Optional.of(Integer.valueOf(text))
                .filter(misses -> misses >= 1 && misses <= MOST_MISSES);
    }

    private Optional<Duration> secondLanguageAfter() {
        return require("second-language-after", "2 minutes")
                .flatMap(
                        entry ->
                                entry.parsed(
                                        OfferReader::secondLanguageAfter,
                                        "write always, never or " + SECOND_LANGUAGE))
                .orElse(Optional.empty());
    }

    private static Optional<Optional<Duration>> secondLanguageAfter(String text) {
        return switch (text) {
            case "always" -> Optional.of(Optional.of(Duration.ZERO));
            case "never" -> Optional.of(Optional.empty());
            default -> SECOND_LANGUAGE.parse(text).map(Optional::of);
        };
    }

    private Optional<Entry> require(String key, String example) {
        return offers.flatMap(section -> section.require(key, example));
    }

    /** The durations from one to another, both included. */
    private record Range(Duration shortest, Duration longest) {

        Optional<Duration> parse(String text) {
            return Durations.parse(text)
                    .filter(time -> time.compareTo(shortest) >= 0 && time.compareTo(longest) <= 0);
        }

        /** As a remedy asks for it. */
        @Override
        public String toString() {
            return "a time from "
                    + Durations.inWords(shortest)
                    + " to "
                    + Durations.inWords(longest)
                    + ", in seconds, minutes or hours";
        }
    }
}
