package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All there is to know of an agent but the contacts they have, which say so themselves.
 *
 * @param status as they said last, or away where the desk set them so
 * @param idleSince when they last became available, took a contact or was done with one
 * @param missed how many offers running they let pass
 * @param closed their offers that came to nothing, newest first, the last few
 */
record AgentState(
        Happening.StatusChanged status, Instant idleSince, int missed, List<ClosedOffer> closed) {

    /** Enough to answer a click that was on its way. */
    private static final int REMEMBERED = 8;

    /** An offer that came to nothing, and what an acceptance of it is told. */
    record ClosedOffer(String offerId, Decision.Refusal refusal) {}

    static AgentState unknown(String agentId, Instant now) {
        return new AgentState(
                new Happening.StatusChanged(agentId, Presence.OFFLINE, List.of(), Map.of()),
                now,
                0,
                List.of());
    }

    String agentId() {
        return status.agentId();
    }

    Presence presence() {
        return status.presence();
    }

    int capacity(Channel channel) {
        return status.capacity().getOrDefault(channel, 0);
    }

    /** Whether contacts that prefer them may be kept, however far down they list its language. */
    boolean isPresentFor(Language language, Channel channel) {
        return presence().isPresent()
                && status.languages().contains(language)
                && capacity(channel) > 0;
    }

    AgentState with(Happening.StatusChanged said, Instant now) {
        boolean becomesAvailable =
                presence() != Presence.AVAILABLE && said.presence() == Presence.AVAILABLE;
        return new AgentState(said, becomesAvailable ? now : idleSince, missed, closed);
    }

    /** Set away by the desk; with the next offer they start anew. */
    AgentState away() {
        return new AgentState(
                new Happening.StatusChanged(
                        agentId(), Presence.AWAY, status.languages(), status.capacity()),
                idleSince,
                0,
                closed);
    }

    AgentState idleSince(Instant now) {
        return new AgentState(status, now, missed, closed);
    }

    AgentState missed(int count) {
        return new AgentState(status, idleSince, count, closed);
    }

    AgentState closed(String offerId, Decision.Refusal refusal) {
        List<ClosedOffer> remembered = new ArrayList<>(REMEMBERED);
        remembered.add(new ClosedOffer(offerId, refusal));
        remembered.addAll(closed.subList(0, Math.min(closed.size(), REMEMBERED - 1)));
        return new AgentState(status, idleSince, missed, List.copyOf(remembered));
    }

    Decision.@Nullable Refusal refusal(String offerId) {
        for (ClosedOffer offer : closed) {
            if (offer.offerId().equals(offerId)) {
                return offer.refusal();
            }
        }
        return null;
    }
}
