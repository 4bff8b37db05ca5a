package guichet.routing.agents;

import guichet.events.Channel;
import guichet.events.OfferClosed;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.OfferRefused;
import guichet.events.Priority;
import guichet.schemas.Contract;

import org.apache.avro.specific.SpecificRecord;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The desk behind the door: what it tells agents, with the topic that keeps it, and who has what.
 */
class Desk implements DesktopHistory, ContactLookup {

    static final Instant NOW = Instant.parse("2020-01-06T10:00:00Z");

    private final Desktops desktops;
    private final List<Told> kept = new ArrayList<>();
    private final Map<String, HeldContact> contacts = new ConcurrentHashMap<>();
    private long end;

    Desk(Desktops desktops) {
        this.desktops = desktops;
    }

    /** Tells an agent something; returns the offset. */
    synchronized long tell(SpecificRecord event) {
        Told told = new Told(end++, event);
        kept.add(told);
        desktops.hand(told);
        return told.offset();
    }

    /** What was told so far is kept no longer. */
    synchronized void forget() {
        kept.clear();
    }

    void hold(String contactId, Channel channel, String agentId) {
        contacts.put(contactId, new HeldContact(contactId, channel, agentId));
    }

    @Override
    public Optional<HeldContact> find(String contactId) {
        return Optional.ofNullable(contacts.get(contactId));
    }

    @Override
    public synchronized void read(String agentId, Start start, long until, Reader reader)
            throws IOException {
        long from =
                switch (start) {
                    case Start.Since(Instant _) -> 0;
                    case Start.After(long offset) -> after(offset);
                };
        for (Told told : List.copyOf(kept)) {
            if (told.offset() >= from
                    && told.offset() < until
                    && Contract.keyOf(told.event()).equals(agentId)) {
                reader.on(told);
            }
        }
    }

    private long after(long offset) {
        if (offset >= end) {
            throw AgentProblems.unknownEvent();
        }
        if (kept.isEmpty() || offset + 1 < kept.getFirst().offset()) {
            throw AgentProblems.eventsGone();
        }
        return offset + 1;
    }

    static OfferMade offer(String agentId, String offerId) {
        return OfferMade.newBuilder()
                .setAgentId(agentId)
                .setOfferId(offerId)
                .setContactId(offerId.substring(0, offerId.lastIndexOf('/')))
                .setChannel(Channel.CHAT)
                .setLanguage("pt")
                .setPriority(Priority.HIGH)
                .setOfferedAt(NOW)
                .setExpiresAt(NOW.plusSeconds(20))
                .setReasons(List.of("first in line", "least loaded of 3"))
                .build();
    }

    static OfferClosed closed(String agentId, String offerId, OfferOutcome outcome) {
        return OfferClosed.newBuilder()
                .setAgentId(agentId)
                .setOfferId(offerId)
                .setContactId(offerId.substring(0, offerId.lastIndexOf('/')))
                .setClosedAt(NOW)
                .setOutcome(outcome)
                .build();
    }

    static OfferRefused refused(String agentId, String offerId, String reason) {
        return OfferRefused.newBuilder()
                .setAgentId(agentId)
                .setOfferId(offerId)
                .setContactId(offerId.substring(0, offerId.lastIndexOf('/')))
                .setRefusedAt(NOW)
                .setReason(reason)
                .build();
    }
}
