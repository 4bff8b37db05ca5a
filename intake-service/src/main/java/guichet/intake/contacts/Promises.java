package guichet.intake.contacts;

import guichet.chassis.NewContact;
import guichet.intake.words.Words;
import guichet.policy.LanguageChoice;
import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.ResponseTarget;
import guichet.policy.SupportPolicy;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What customers may be promised under the support policy, in their language. */
public final class Promises {

    private final SupportPolicy policy;

    /** Promises that this policy can keep. */
    public Promises(SupportPolicy policy) {
        this.policy = policy;
    }

    /**
     * Takes a contact at whatever hour it comes. What is promised is read off the event, as every
     * service downstream will read it: a first response within the line's target (T1 to T4), or
     * nothing where its topic is out of scope (S2, S3).
     */
    public Outcome.Accepted accept(SpecificRecord event) {
        NewContact contact = NewContact.of(event).orElseThrow();
        LanguageChoice language = contact.language(policy);
        return new Outcome.Accepted(
                language.language(), event, answer(contact, contact.line(language)));
    }

    /** Takes a contact while its line is open; refuses it with the next opening while not (C6). */
    public Outcome acceptWhileOpen(SpecificRecord event) {
        NewContact contact = NewContact.of(event).orElseThrow();
        Line line = contact.line(contact.language(policy));
        OpeningHours hours = policy.hours(line);
        return hours.isOpen(contact.createdAt())
                ? accept(event)
                : closed(line, hours, contact.createdAt());
    }

    private Answer answer(NewContact contact, Line line) {
        Instant due =
                policy.respondBy(line, contact.scope(policy), contact.createdAt())
                        .map(ResponseTarget::due)
                        .orElse(null);
        return answer(contact, line, due, message(line, due));
    }

    private String message(Line line, @Nullable Instant due) {
        if (due == null) {
            return Words.say(line.language(), line.channel() + ".outOfScope");
        }
        String inWords = Words.moment(line.language(), due, policy.hours(line).zone());
        return Words.say(line.language(), line.channel() + ".accepted", inWords);
    }

    private static Answer answer(
            NewContact contact, Line line, @Nullable Instant respondBy, String message) {
        return new Answer(
                contact.contactId(), line.channel(), line.language().tag(), respondBy, message);
    }

    private static Outcome.Closed closed(Line line, OpeningHours hours, Instant at) {
        Instant next = hours.nextOpening(at).orElse(null);
        return new Outcome.Closed(
                line.channel(),
                line.language(),
                next,
                next == null ? null : Words.moment(line.language(), next, hours.zone()));
    }
}
