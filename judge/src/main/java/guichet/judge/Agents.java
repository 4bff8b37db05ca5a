package guichet.judge;

import guichet.events.AgentStatusChanged;
import guichet.events.Channel;
import guichet.events.ContactLeft;
import guichet.events.OfferAccepted;
import guichet.events.OfferClosed;
import guichet.events.OfferDeclined;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.OfferRefused;
import guichet.events.Presence;
import guichet.events.PresenceSet;
import guichet.policy.Language;
import guichet.schemas.Contract;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What agents stated and accepted, beside what their desktops were told: walked through in the
 * order of its one partition, which is the order in which the desk decided.
 */
final class Agents {

    /** An offer as an agent's answer names it. */
    private record Offer(String agentId, String offerId, String contactId) {}

    private record Acceptance(Instant recordedAt, Offer offer) {}

    private static final class Agent {
        final List<AgentStatusChanged> statements = new ArrayList<>();

        /** Contacts that are offered to him, or his; those he answered unasked are not told of. */
        final Map<String, Channel> contacts = new HashMap<>();

        @Nullable PresenceSet setAway;
    }

    private final Duration tolerance;
    private final Map<String, Agent> agents = new HashMap<>();
    private final List<Acceptance> acceptances = new ArrayList<>();

    /** How often each offer was accepted or declined. */
    private final Map<Offer, Integer> clicks = new HashMap<>();

    private final Set<Offer> acceptedAtAll = new HashSet<>();
    private final Set<Offer> declinedAtAll = new HashSet<>();

    private final List<SpecificRecord> told = new ArrayList<>();
    private Instant toldSince = Instant.MAX;

    /** Who is offered a contact, or has it. */
    private final Map<String, String> agentOf = new HashMap<>();

    private final Map<Offer, OfferMade> made = new HashMap<>();
    private final Set<Offer> expired = new HashSet<>();
    private final Set<Offer> taken = new HashSet<>();
    private final Set<Offer> declined = new HashSet<>();
    private final Map<Offer, List<OfferRefused>> refused = new HashMap<>();

    /** Who answered which contact: that takes an offer too. */
    private final Map<String, Set<String>> answerers = new HashMap<>();

    private final List<Fault> faults = new ArrayList<>();

    Agents(Duration tolerance) {
        this.tolerance = tolerance;
    }

    void note(Instant recordedAt, SpecificRecord event) {
        switch (event) {
            case AgentStatusChanged it -> agent(it.getAgentId()).statements.add(it);
            case OfferAccepted it -> {
                Offer offer = new Offer(it.getAgentId(), it.getOfferId(), it.getContactId());
                acceptances.add(new Acceptance(recordedAt, offer));
                acceptedAtAll.add(offer);
                clicks.merge(offer, 1, Integer::sum);
            }
            case OfferDeclined it -> {
                Offer offer = new Offer(it.getAgentId(), it.getOfferId(), it.getContactId());
                declinedAtAll.add(offer);
                clicks.merge(offer, 1, Integer::sum);
            }
            case OfferMade it -> tell(recordedAt, it);
            case OfferClosed it -> tell(recordedAt, it);
            case OfferRefused it -> tell(recordedAt, it);
            case ContactLeft it -> tell(recordedAt, it);
            case PresenceSet it -> tell(recordedAt, it);
            default ->
                    Fact.toldBy(event)
                            .map(Fact::agentId)
                            .ifPresent(
                                    agentId ->
                                            answerers
                                                    .computeIfAbsent(
                                                            Contract.keyOf(event),
                                                            any -> new HashSet<>())
                                                    .add(agentId));
        }
    }

    private void tell(Instant recordedAt, SpecificRecord event) {
        if (told.isEmpty()) {
            toldSince = recordedAt;
        }
        told.add(event);
    }

    /** Since when the log holds what desktops are told; it keeps that for a week. */
    Instant toldSince() {
        return toldSince;
    }

    /**
     * To be called once, when all is noted.
     *
     * @param horizon an acceptance that was on the log by then has been answered
     */
    List<Fault> faults(Instant horizon) {
        told.forEach(this::goOnBy);
        refused.forEach(this::judge);
        Map<Offer, Integer> accepted = new HashMap<>();
        for (Acceptance acceptance : acceptances) {
            Instant known = acceptance.recordedAt().plus(tolerance);
            if (!acceptance.recordedAt().isBefore(toldSince) && known.isBefore(horizon)) {
                judge(acceptance, accepted.merge(acceptance.offer(), 1, Integer::sum), known);
            }
        }
        return faults;
    }

    private void goOnBy(SpecificRecord event) {
        switch (event) {
            case OfferMade it -> {
                judge(it);
                agentOf.put(it.getContactId(), it.getAgentId());
                agent(it.getAgentId()).contacts.put(it.getContactId(), it.getChannel());
                made.put(new Offer(it.getAgentId(), it.getOfferId(), it.getContactId()), it);
            }
            case OfferClosed it -> {
                Offer offer = new Offer(it.getAgentId(), it.getOfferId(), it.getContactId());
                judge(it, offer);
                close(offer, it.getOutcome());
            }
            case OfferRefused it -> {
                Offer offer = new Offer(it.getAgentId(), it.getOfferId(), it.getContactId());
                refused.computeIfAbsent(offer, any -> new ArrayList<>()).add(it);
            }
            case ContactLeft it -> leave(it.getAgentId(), it.getContactId());
            case PresenceSet it ->
                    agent(it.getAgentId()).setAway =
                            it.getPresence() == Presence.AVAILABLE ? null : it;
            default -> throw new IllegalArgumentException(event.getSchema().getFullName());
        }
    }

    /**
     * An agent's own doing is on the log, as what agents do is kept for longer than what they hear.
     */
    private void judge(OfferClosed end, Offer offer) {
        String missing =
                switch (end.getOutcome()) {
                    case TAKEN ->
                            acceptedAtAll.contains(offer) || hasAnswered(offer)
                                    ? null
                                    : "no such end, as the agent neither accepted nor answered";
                    case DECLINED ->
                            declinedAtAll.contains(offer)
                                    ? null
                                    : "no such end, as the agent did not decline";
                    case EXPIRED, RESCINDED -> null;
                };
        if (missing != null) {
            faults.add(
                    new Fault(
                            offer.contactId(),
                            "answer",
                            List.of(
                                    "end of offer %s to %s (%s) at %s"
                                            .formatted(
                                                    offer.offerId(),
                                                    offer.agentId(),
                                                    end.getOutcome(),
                                                    end.getClosedAt())),
                            List.of(missing)));
        }
    }

    private boolean hasAnswered(Offer offer) {
        return answerers.getOrDefault(offer.contactId(), Set.of()).contains(offer.agentId());
    }

    private void close(Offer offer, OfferOutcome outcome) {
        switch (outcome) {
            case TAKEN -> taken.add(offer);
            case EXPIRED -> {
                expired.add(offer);
                leave(offer.agentId(), offer.contactId());
            }
            case DECLINED -> {
                declined.add(offer);
                leave(offer.agentId(), offer.contactId());
            }
            case RESCINDED -> leave(offer.agentId(), offer.contactId());
        }
    }

    private void leave(String agentId, String contactId) {
        agentOf.remove(contactId, agentId);
        agent(agentId).contacts.remove(contactId);
    }

    private void judge(OfferMade offer) {
        Agent agent = agent(offer.getAgentId());
        String other = agentOf.get(offer.getContactId());
        if (other != null && !other.equals(offer.getAgentId())) {
            blame(offer, "no offer while " + other + " is asked or has it");
        }
        List<AgentStatusChanged> stated = statedBefore(offer, agent);
        if (stated.stream().noneMatch(status -> speaks(status, offer.getLanguage()))) {
            blame(offer, "an agent who has stated " + offer.getLanguage());
        }
        judgeRoom(offer, agent, stated);
        PresenceSet away = agent.setAway;
        if (away != null) {
            Instant since = away.getSetAt().minus(tolerance);
            if (stated.stream().noneMatch(status -> isBack(status, since))) {
                blame(
                        offer,
                        "no offer, as the desk set the agent %s at %s and he has not come back since"
                                .formatted(away.getPresence(), away.getSetAt()));
            } else {
                agent.setAway = null;
            }
        }
    }

    private void judgeRoom(OfferMade offer, Agent agent, List<AgentStatusChanged> stated) {
        Channel channel = offer.getChannel();
        Map<String, Channel> others = new HashMap<>(agent.contacts);
        others.remove(offer.getContactId());
        int room =
                stated.stream()
                        .flatMap(status -> status.getCapacity().stream())
                        .filter(capacity -> capacity.getChannel() == channel)
                        .mapToInt(capacity -> capacity.getContacts())
                        .max()
                        .orElse(0);
        if (others.values().stream().filter(channel::equals).count() >= room) {
            blame(offer, "no offer, as the agent has stated room for %d".formatted(room));
        }
        excludedBy(channel)
                .filter(others::containsValue)
                .ifPresent(it -> blame(offer, "no offer while the agent has one of " + it));
    }

    private List<AgentStatusChanged> statedBefore(OfferMade offer, Agent agent) {
        Instant latest = offer.getOfferedAt().plus(tolerance);
        return agent.statements.stream()
                .filter(status -> !status.getChangedAt().isAfter(latest))
                .toList();
    }

    private static boolean speaks(AgentStatusChanged status, String queue) {
        return status.getLanguages().stream()
                .flatMap(tag -> Language.ofTag(tag).stream())
                .anyMatch(language -> language.tag().equals(queue));
    }

    private static boolean isBack(AgentStatusChanged status, Instant since) {
        return status.getPresence() == Presence.AVAILABLE && !status.getChangedAt().isBefore(since);
    }

    /** A call excludes chats, and chats a call. */
    private static Optional<Channel> excludedBy(Channel channel) {
        return switch (channel) {
            case WEB -> Optional.empty();
            case CHAT -> Optional.of(Channel.PHONE);
            case PHONE -> Optional.of(Channel.CHAT);
        };
    }

    private void blame(OfferMade offer, String due) {
        faults.add(
                new Fault(
                        offer.getContactId(),
                        "agent",
                        List.of(
                                "offer %s (%s %s) to %s at %s"
                                        .formatted(
                                                offer.getOfferId(),
                                                offer.getLanguage(),
                                                offer.getChannel(),
                                                offer.getAgentId(),
                                                offer.getOfferedAt())),
                        List.of(due)));
    }

    /** Each click is answered once: the one that took or declined the offer not by a refusal. */
    private void judge(Offer offer, List<OfferRefused> refusals) {
        int others =
                (taken.contains(offer) && !hasAnswered(offer) ? 1 : 0)
                        + (declined.contains(offer) ? 1 : 0);
        int answerable = Math.max(0, clicks.getOrDefault(offer, 0) - others);
        if (refusals.size() > answerable) {
            faults.add(
                    new Fault(
                            offer.contactId(),
                            "answer",
                            refusals.stream().map(Agents::inWords).toList(),
                            List.of(
                                    "%d, as the agent clicked no more often in vain"
                                            .formatted(answerable))));
        }
    }

    private static String inWords(OfferRefused refusal) {
        return "refusal of offer %s to %s (%s) at %s"
                .formatted(
                        refusal.getOfferId(),
                        refusal.getAgentId(),
                        refusal.getReason(),
                        refusal.getRefusedAt());
    }

    /**
     * One that was known before the offer's time had passed takes it, if it is still open.
     *
     * @param number of the acceptances of its offer, from 1
     */
    private void judge(Acceptance acceptance, int number, Instant known) {
        Offer offer = acceptance.offer();
        OfferMade accepted = made.get(offer);
        int answers =
                (taken.contains(offer) ? 1 : 0) + refused.getOrDefault(offer, List.of()).size();
        if (answers < number) {
            blame(acceptance, "an answer to it");
        } else if (accepted != null
                && expired.contains(offer)
                && !acceptance.recordedAt().isBefore(accepted.getOfferedAt())
                && known.isBefore(accepted.getExpiresAt())) {
            blame(
                    acceptance,
                    "the contact for it, as the offer lasted to " + accepted.getExpiresAt());
        }
    }

    private void blame(Acceptance acceptance, String due) {
        Offer offer = acceptance.offer();
        faults.add(
                new Fault(
                        offer.contactId(),
                        "answer",
                        List.of(
                                "acceptance of offer %s by %s at %s"
                                        .formatted(
                                                offer.offerId(),
                                                offer.agentId(),
                                                acceptance.recordedAt())),
                        List.of(due)));
    }

    private Agent agent(String id) {
        return agents.computeIfAbsent(id, any -> new Agent());
    }
}
