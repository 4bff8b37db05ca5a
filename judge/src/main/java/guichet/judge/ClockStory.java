package guichet.judge;

import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.ResponseTarget;
import guichet.policy.Scope;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be said of one contact's response clock (T1 to T4, S2, H6), told from its beginning to
 * its outcome.
 */
final class ClockStory {

    private enum Outcome {
        OPEN,
        MET,
        BREACHED,
        WITHDRAWN
    }

    private final Contact contact;
    private final List<Rules.Version> versions;
    private final Duration changesKnownLate;
    private final Line line;
    private final List<Saying> says = new ArrayList<>();

    private int heeds;
    private ResponseTarget target;
    private boolean warned;
    private Outcome outcome = Outcome.OPEN;
    private Instant withdrawnAt = Instant.MAX;

    private ClockStory(
            Contact contact,
            List<Rules.Version> versions,
            int heeds,
            ResponseTarget target,
            Duration changesKnownLate) {
        this.contact = contact;
        this.versions = versions;
        this.heeds = heeds;
        this.target = target;
        this.changesKnownLate = changesKnownLate;
        this.line = contact.line();
    }

    /**
     * Tells it.
     *
     * @param changesKnownLate how long after it was announced a closure was heeded
     * @return in order; empty for a contact without a clock
     */
    static List<Saying> of(
            Contact contact, Rules rules, Duration changesKnownLate, List<Reading> readings) {
        List<Rules.Version> versions = rules.versions();
        int first = 0;
        while (first + 1 < versions.size()
                && !versions.get(first + 1)
                        .since()
                        .plus(changesKnownLate)
                        .isAfter(contact.createdAt())) {
            first++;
        }
        ResponseTarget target = contact.target(versions.get(first).policy()).orElse(null);
        if (target == null) {
            return List.of();
        }
        ClockStory story = new ClockStory(contact, versions, first, target, changesKnownLate);
        story.tell(readings);
        return story.says;
    }

    private void tell(List<Reading> readings) {
        sayDue(contact.createdAt(), null);
        for (Reading reading : readings) {
            goOnTo(reading.at());
            note(reading.fact());
        }
        goOnTo(Instant.MAX);
    }

    /** Rules change and instants are reached, in their order. */
    private void goOnTo(Instant now) {
        while (outcome == Outcome.OPEN) {
            Instant next = warned ? target.due() : target.dueSoon();
            Instant change = nextChange();
            if (change.isBefore(next) && !change.isAfter(now)) {
                heed(versions.get(++heeds));
            } else if (next.isAfter(now)) {
                return;
            } else if (warned) {
                says.add(new Saying.Breached(next, line.toString(), openMillis()));
                outcome = Outcome.BREACHED;
            } else {
                says.add(new Saying.DueSoon(next, line.toString(), target.due()));
                warned = true;
            }
        }
    }

    private Instant nextChange() {
        return heeds + 1 < versions.size()
                ? versions.get(heeds + 1).since().plus(changesKnownLate)
                : Instant.MAX;
    }

    /** A contact keeps its language and scope; what is due cannot have been due before. */
    private void heed(Rules.Version version) {
        Instant since = version.since();
        ResponseTarget now =
                version.policy().respondBy(line, Scope.IN, contact.createdAt()).orElseThrow();
        Instant due = later(since, now.due());
        if (due.equals(target.due())) {
            return;
        }
        Instant before = target.due();
        target =
                new ResponseTarget(
                        due,
                        later(since, now.dueSoon()),
                        hours().openTime(contact.createdAt(), due),
                        now.reasons());
        warned &= !target.dueSoon().isAfter(since);
        sayDue(since, before);
    }

    private void note(Fact fact) {
        String agentId = fact.agentId();
        if (agentId == null) {
            if (outcome == Outcome.OPEN) {
                outcome = Outcome.WITHDRAWN;
                withdrawnAt = fact.at();
            }
        } else if (outcome == Outcome.OPEN || answeredBeforeItWasWithdrawn(fact)) {
            says.add(
                    new Saying.Met(
                            fact.at(),
                            line.toString(),
                            target.due(),
                            agentId,
                            hours().openTime(contact.createdAt(), fact.at()).toMillis()));
            outcome = Outcome.MET;
        }
    }

    private boolean answeredBeforeItWasWithdrawn(Fact answer) {
        return outcome == Outcome.WITHDRAWN
                && answer.at().isBefore(withdrawnAt)
                && answer.at().isBefore(target.due());
    }

    private OpeningHours hours() {
        return versions.get(heeds).policy().hours(line);
    }

    private void sayDue(Instant at, @Nullable Instant before) {
        says.add(new Saying.Due(at, line.toString(), before, target.due(), openMillis()));
    }

    private long openMillis() {
        return target.openTime().toMillis();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
