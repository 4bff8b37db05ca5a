package guichet.intake.tickets;

import guichet.chassis.forms.Form;
import guichet.events.Attachment;
import guichet.events.TicketCreated;
import guichet.intake.contacts.Outcome;
import guichet.intake.contacts.Promises;
import guichet.intake.contacts.Reception;
import guichet.intake.identity.Caller;
import guichet.policy.Channel;
import guichet.policy.Scope;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Takes tickets at any hour. One out of scope is taken, marked, and promised nothing (S2, S3); a
 * topic that the policy does not know is kept as sent and counts as in scope.
 */
final class TicketReception implements Reception<Caller, TicketRequest> {

    private final Function<UUID, List<Attachment>> attachments;

    /** Tickets without files. */
    TicketReception() {
        this(contactId -> List.of());
    }

    /**
     * @param attachments the files that come with the ticket, by its id
     */
    TicketReception(Function<UUID, List<Attachment>> attachments) {
        this.attachments = attachments;
    }

    @Override
    public Channel channel() {
        return Channel.WEB;
    }

    @Override
    public Topic topic() {
        return Topics.TICKETS;
    }

    @Override
    public TicketRequest read(Form form, Caller caller) {
        return TicketRequest.read(form, caller);
    }

    @Override
    public Outcome decide(UUID contactId, TicketRequest request, SupportPolicy policy, Instant at) {
        return new Promises(policy).accept(event(contactId, request, policy, at));
    }

    private TicketCreated event(
            UUID contactId, TicketRequest request, SupportPolicy policy, Instant at) {
        return TicketCreated.newBuilder()
                .setContactId(contactId.toString())
                .setCreatedAt(at)
                .setCustomer(request.requester().asCustomer())
                .setLanguage(request.language())
                .setImpact(guichet.events.Impact.valueOf(request.impact().name()))
                .setTopic(request.topic())
                .setSubject(request.subject())
                .setDescription(request.description())
                .setSite(request.site())
                .setCopiedTo(request.copiedTo())
                .setAttachments(attachments.apply(contactId))
                .setOutOfScope(policy.scope(request.topic(), at) != Scope.IN)
                .build();
    }
}
