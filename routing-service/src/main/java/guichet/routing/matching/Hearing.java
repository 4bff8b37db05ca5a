package guichet.routing.matching;

import guichet.events.AgentStatusChanged;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.Capacity;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactQueued;
import guichet.events.OfferAccepted;
import guichet.events.OfferDeclined;
import guichet.events.ResponseDueChanged;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Priority;

import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the engine is told by an event. */
final class Hearing {

    private Hearing() {}

    /** Empty for an event that tells it nothing. */
    static Optional<Happening> of(SpecificRecord event) {
        return Optional.ofNullable(
                switch (event) {
                    case ContactQueued it -> queued(it);
                    case ResponseDueChanged it ->
                            new Happening.DueMoved(it.getContactId(), it.getDue());
                    case TicketAnswered it ->
                            new Happening.Answered(it.getContactId(), it.getAgentId());
                    case ChatAnswered it ->
                            new Happening.Answered(it.getContactId(), it.getAgentId());
                    case CallAnswered it ->
                            new Happening.Answered(it.getContactId(), it.getAgentId());
                    case TicketSolved it -> new Happening.Ended(it.getContactId());
                    case ChatEnded it -> new Happening.Ended(it.getContactId());
                    case CallEnded it -> new Happening.Ended(it.getContactId());
                    case AgentStatusChanged it -> status(it);
                    case OfferAccepted it ->
                            new Happening.Accepted(
                                    it.getAgentId(), it.getOfferId(), it.getContactId());
                    case OfferDeclined it ->
                            new Happening.Declined(
                                    it.getAgentId(), it.getOfferId(), it.getContactId());
                    default -> null;
                });
    }

    private static Happening queued(ContactQueued contact) {
        return new Happening.Queued(
                contact.getContactId(),
                Language.ofTag(contact.getLanguage()).orElseThrow(),
                Channel.valueOf(contact.getChannel().name()),
                Priority.valueOf(contact.getPriority().name()),
                contact.getQueuedAt(),
                contact.getDue(),
                Duration.ofMillis(contact.getHeadStartMillis()),
                contact.getPreferredAgent());
    }

    /** Languages in which no support is given are left out. */
    private static Happening status(AgentStatusChanged status) {
        List<Language> languages =
                status.getLanguages().stream()
                        .map(Language::ofTag)
                        .flatMap(Optional::stream)
                        .toList();
        Map<Channel, Integer> capacity =
                status.getCapacity().stream()
                        .collect(
                                Collectors.toMap(
                                        room -> Channel.valueOf(room.getChannel().name()),
                                        Capacity::getContacts,
                                        Integer::max));
        return new Happening.StatusChanged(
                status.getAgentId(),
                Presence.valueOf(status.getPresence().name()),
                languages,
                capacity);
    }
}
