package guichet.intake.contacts;

import guichet.chassis.forms.Form;
import guichet.intake.identity.Caller;
import guichet.policy.Channel;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topic;

import java.time.Instant;
import java.util.UUID;

/** What a channel has of its own: how its requests read, and what becomes of them. */
public interface Reception<C extends Caller, R extends ContactRequest> {

    /** The channel. */
    Channel channel();

    /** Where its contacts begin. */
    Topic topic();

    /** Reads a request; its faults stay with the form. */
    R read(Form form, C caller);

    /**
     * Decides about a request; the same request, id, policy and instant give the same outcome, but
     * for a callback that joins another.
     *
     * @param policy with the closures that stand announced
     * @param at to the millisecond
     */
    Outcome decide(UUID contactId, R request, SupportPolicy policy, Instant at);
}
