package guichet.benchmarks.policy;

import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A year of closures announced at run time (H6): one or two a week, mostly of phone and chat. */
final class Announcements {

    static final Instant YEAR_BEGINS = Instant.parse("2027-01-01T00:00:00Z");
    static final Duration YEAR = Duration.ofDays(365);

    private Announcements() {}

    /** The same for the same random numbers. */
    static List<AnnouncedClosure> ofAYear(RandomGenerator random) {
        List<AnnouncedClosure> closures = new ArrayList<>();
        for (int week = 0; week < 52; week++) {
            for (int nth = random.nextInt(1, 3); nth > 0; nth--) {
                closures.add(closure("week-" + week + "-" + nth, week, random));
            }
        }
        return closures;
    }

    /** Between 12:00 and 22:00 UTC, when most lines are open, for half an hour to two hours. */
    private static AnnouncedClosure closure(String id, int week, RandomGenerator random) {
        Instant from =
                YEAR_BEGINS
                        .plus(Duration.ofDays(7L * week + random.nextInt(7)))
                        .plus(Duration.ofMinutes(random.nextInt(12 * 60, 22 * 60)));
        boolean allChannels = random.nextInt(10) == 0;
        Language[] languages = Language.values();
        int language = random.nextInt(languages.length + 1);
        return new AnnouncedClosure(
                id,
                from,
                from.plus(Duration.ofMinutes(random.nextInt(30, 121))),
                allChannels ? Set.of() : Set.of(Channel.PHONE, Channel.CHAT),
                language == languages.length ? Set.of() : Set.of(languages[language]),
                "a one-off meeting");
    }
}
