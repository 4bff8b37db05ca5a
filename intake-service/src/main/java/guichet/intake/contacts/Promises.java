package guichet.intake.contacts;

import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.SupportPolicy;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What customers may be promised under the support policy, in their language. */
public final class Promises {

    private final SupportPolicy policy;

    /** Promises that this policy can keep. */
    public Promises(SupportPolicy policy) {
        this.policy = policy;
    }

    /** A first response to what was sent at {@code at}, within the line's target (T1 to T4). */
    public Answer response(UUID contactId, Line line, Instant at) {
        Instant due = policy.respondBy(line, at).due();
        String inWords = Words.moment(line.language(), due, policy.hours(line).zone());
        return new Answer(
                contactId.toString(),
                line.channel(),
                line.language().tag(),
                due,
                Words.say(line.language(), line.channel() + ".accepted", inWords));
    }

    /** Nothing but that the ticket was taken: its topic is out of scope (S2, S3). */
    public Answer noResponse(UUID contactId, Line line) {
        return new Answer(
                contactId.toString(),
                line.channel(),
                line.language().tag(),
                null,
                Words.say(line.language(), line.channel() + ".outOfScope"));
    }

    /** The refusal of a line that is closed at {@code at} (C6); empty while it is open. */
    public Optional<Outcome.Closed> closed(Line line, Instant at) {
        OpeningHours hours = policy.hours(line);
        if (hours.isOpen(at)) {
            return Optional.empty();
        }
        Instant next = hours.nextOpening(at).orElse(null);
        return Optional.of(
                new Outcome.Closed(
                        line.channel(),
                        line.language(),
                        next,
                        next == null ? null : Words.moment(line.language(), next, hours.zone())));
    }
}
