package guichet.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A fact, and when a service came to know it. */
record Reading(Fact fact, Instant at) {

    /** As if every fact had been read as soon as it happened, or that much later. */
    static List<Reading> inTime(List<Fact> facts, Duration late) {
        return facts.stream()
                .sorted(Fact.BY_TIME)
                .map(fact -> new Reading(fact, fact.at().plus(late)))
                .toList();
    }

    /** In the order in which they stand on the log: a fact is read after those before it. */
    static List<Reading> asRecorded(List<Fact> facts, Duration late) {
        List<Reading> readings = new ArrayList<>();
        Instant now = Instant.MIN;
        for (Fact fact : facts) {
            Instant at = fact.at().plus(late);
            now = at.isAfter(now) ? at : now;
            readings.add(new Reading(fact, now));
        }
        return readings;
    }
}
