package guichet.routing.agents;

import guichet.events.Channel;
import guichet.events.ContactLeft;
import guichet.events.OfferClosed;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;

import org.apache.avro.specific.SpecificRecord;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has which contact, of what the desk has told since this process began to follow it: enough to
 * record a step in time while the engine moves and cannot be asked.
 */
final class TakenContacts {

    private final Map<String, Channel> channelByOfferId = new ConcurrentHashMap<>();
    private final Map<String, HeldContact> taken = new ConcurrentHashMap<>();

    /** An agent was told something. */
    void on(SpecificRecord event) {
        switch (event) {
            case OfferMade made -> channelByOfferId.put(made.getOfferId(), made.getChannel());
            case OfferClosed closed -> closed(closed);
            case ContactLeft left ->
                    taken.computeIfPresent(
                            left.getContactId(),
                            (id, held) -> left.getAgentId().equals(held.agentId()) ? null : held);
            default -> {}
        }
    }

    private void closed(OfferClosed offer) {
        Channel channel = channelByOfferId.remove(offer.getOfferId());
        if (channel != null && offer.getOutcome() == OfferOutcome.TAKEN) {
            String id = offer.getContactId();
            taken.put(id, new HeldContact(id, channel, offer.getAgentId()));
        }
    }

    /** Something may have been missed. */
    void forget() {
        channelByOfferId.clear();
        taken.clear();
    }

    /** Empty also for a contact that was taken before, or otherwise than by an offer. */
    Optional<HeldContact> find(String contactId) {
        return Optional.ofNullable(taken.get(contactId));
    }
}
