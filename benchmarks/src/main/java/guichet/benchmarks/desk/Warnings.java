package guichet.benchmarks.desk;

import guichet.events.ResponseBreached;
import guichet.events.ResponseDueSoon;

import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.time.Instant;

/**
 * What the monitor says of a load of chats of which none is answered: each is warned of once, and
 * breached once.
 */
final class Warnings {

    private final Load load;
    private final Outcomes breaches;
    private final Outcomes warnings;
    private final Load warned;

    Warnings(Load load, Duration warning) {
        this.load = load;
        this.warned = load.earlierBy(warning);
        this.breaches = new Outcomes(load);
        this.warnings = new Outcomes(warned);
    }

    void read(SpecificRecord said, long seenAt) {
        switch (said) {
            case ResponseDueSoon soon ->
                    note(warnings, soon.getContactId(), soon.getWarnedAt(), seenAt);
            case ResponseBreached breach ->
                    note(breaches, breach.getContactId(), breach.getDue(), seenAt);
            default -> {}
        }
    }

    private void note(Outcomes outcomes, String contactId, Instant due, long seenAt) {
        if (load.has(contactId)) {
            outcomes.fired(Owners.number(contactId), due.toEpochMilli(), seenAt);
        }
    }

    int awaited() {
        return breaches.awaited() + warnings.awaited();
    }

    int faults() {
        return breaches.verdict().faults() + warnings.verdict().faults();
    }

    /** Of both. */
    Lateness lateness() {
        Lateness both = new Lateness();
        both.addAll(warnings.lateness());
        both.addAll(breaches.lateness());
        return both;
    }
}
