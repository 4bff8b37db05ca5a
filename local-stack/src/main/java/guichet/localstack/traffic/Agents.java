package guichet.localstack.traffic;

import guichet.events.AgentSeen;
import guichet.events.AgentStatusChanged;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.Capacity;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactLeft;
import guichet.events.EndedBy;
import guichet.events.OfferAccepted;
import guichet.events.OfferClosed;
import guichet.events.OfferDeclined;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.OfferRefused;
import guichet.events.Presence;
import guichet.events.PresenceSet;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.policy.OfferRules;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The agents of the demo: what they do when the desk tells their desktops something. Each says that
 * he is there, takes most of what he is offered, answers it as its handling says, and ends it. They
 * know nothing but what stands on {@code support.desktops}, and leave it to the desk to count who
 * has room.
 *
 * <p>After a restart they hear that topic again, from its beginning, before they {@link #begin}:
 * what an agent took and what has not left him since is still his. Whether he had answered it he
 * does not know, and answers it again, at once where that is late; of several answers the first
 * counts. So each conversation that was open at a kill is ended, and nobody's room is lost.
 */
final class Agents {

    /** Something an agent says, and where. */
    record Saying(Topic topic, SpecificRecord event) {}

    private static final Map<Channel, Integer> CAPACITY =
            new EnumMap<>(Map.of(Channel.PHONE, 1, Channel.CHAT, 3, Channel.WEB, 5));

    private static final Duration WITHOUT_TARGET = Duration.ofSeconds(15);

    /** The subject, on the agenda, of all agents' being seen. */
    private static final String BEING_SEEN = "all agents";

    /** A desktop may be late twice before its agent is taken to be offline. */
    private static final int SEEN_IN_TIME_ALLOWED = 3;

    private static final int OFFERS_A_COFFEE_TAKES = 2;

    private final OfferRules rules;
    private final Duration conversationLimit;
    private final Function<String, Handling> handlings;
    private final long seed;

    /** Languages of each agent, best first. */
    private final Map<String, List<String>> team = new LinkedHashMap<>();

    /** Offers on the screens, by offer. */
    private final Map<String, OfferMade> offered = new HashMap<>();

    /** What agents have and have not answered, by contact. */
    private final Map<String, OfferMade> taken = new HashMap<>();

    private final Map<String, Instant> atCoffeeUntil = new HashMap<>();

    /** About an agent, by id, his return; about a contact, by the offer's id, the next step. */
    private final Agenda agenda = new Agenda();

    private List<Saying> said = new ArrayList<>();

    /**
     * @param perLanguage how many there are whose first language it is
     * @param rules how the desk offers contacts: sets the pace of the agents
     * @param conversationLimit how long a conversation may last (E1, E2)
     * @param handlings how the contact of an id is to be handled
     * @param seed decides how each offer is met
     */
    Agents(
            int perLanguage,
            OfferRules rules,
            Duration conversationLimit,
            Function<String, Handling> handlings,
            long seed) {
        this.rules = rules;
        this.conversationLimit = conversationLimit;
        this.handlings = handlings;
        this.seed = seed;
        for (Tongue tongue : Tongue.all()) {
            for (int number = 1; number <= perLanguage; number++) {
                team.put(
                        "agent-%s-%d".formatted(tongue.tag(), number),
                        List.of(tongue.tag(), tongue.next().tag()));
            }
        }
    }

    /** The agents come to work. */
    List<Saying> begin(Instant now) {
        team.keySet().forEach(agent -> state(agent, Presence.AVAILABLE, now));
        planToBeSeen(now);
        return drain();
    }

    /** Hears what the desk tells a desktop. */
    void hear(SpecificRecord event) {
        if (!team.containsKey(Contract.keyOf(event))) {
            return;
        }
        switch (event) {
            case OfferMade offer -> consider(offer);
            case OfferClosed closed when closed.getOutcome() == OfferOutcome.TAKEN ->
                    takeUp(closed.getOfferId());
            case OfferClosed closed -> forget(closed.getOfferId());
            case OfferRefused refused -> forget(refused.getOfferId());
            case ContactLeft left -> leave(left);
            case PresenceSet set ->
                    agenda.plan(
                            set.getAgentId(),
                            set.getSetAt().plus(coffee()),
                            now -> state(set.getAgentId(), Presence.AVAILABLE, now));
            default -> {}
        }
    }

    /** What the agents have to say by now. */
    List<Saying> act(Instant now) {
        agenda.doWhatIsDue(now);
        return drain();
    }

    /** The agents go home; to what they have answered they come back with the next start. */
    List<Saying> goHome(Instant now) {
        team.keySet().forEach(agent -> state(agent, Presence.OFFLINE, now));
        return drain();
    }

    private void state(String agent, Presence presence, Instant now) {
        agenda.drop(agent);
        say(
                Topics.AGENTS,
                new AgentStatusChanged(
                        agent,
                        now,
                        presence,
                        team.get(agent),
                        CAPACITY.entrySet().stream()
                                .map(room -> new Capacity(room.getKey(), room.getValue()))
                                .toList()));
    }

    private void planToBeSeen(Instant now) {
        agenda.plan(
                BEING_SEEN,
                now.plus(rules.offlineAfter().dividedBy(SEEN_IN_TIME_ALLOWED)),
                then -> {
                    team.keySet().forEach(agent -> say(Topics.AGENTS, new AgentSeen(agent, then)));
                    planToBeSeen(then);
                });
    }

    private Duration coffee() {
        return rules.offerFor().multipliedBy(OFFERS_A_COFFEE_TAKES);
    }

    private void consider(OfferMade offer) {
        offered.put(offer.getOfferId(), offer);
        String agent = offer.getAgentId();
        if (offer.getOfferedAt().isBefore(atCoffeeUntil.getOrDefault(agent, Instant.MIN))) {
            return;
        }
        Reaction reaction = Reaction.to(offer.getOfferId(), seed);
        Instant at = reaction.at(offer.getOfferedAt(), offer.getExpiresAt());
        switch (reaction.kind()) {
            case TAKE -> agenda.plan(offer.getOfferId(), at, now -> accept(offer, now));
            case DECLINE -> agenda.plan(offer.getOfferId(), at, now -> decline(offer, now));
            case OVERLOOK -> atCoffeeUntil.put(agent, offer.getOfferedAt().plus(coffee()));
        }
    }

    private void accept(OfferMade offer, Instant now) {
        say(
                Topics.AGENTS,
                new OfferAccepted(
                        offer.getAgentId(), offer.getOfferId(), offer.getContactId(), now));
    }

    private void decline(OfferMade offer, Instant now) {
        say(
                Topics.AGENTS,
                new OfferDeclined(
                        offer.getAgentId(),
                        offer.getOfferId(),
                        offer.getContactId(),
                        now,
                        "a colleague knows more about it"));
    }

    private void forget(String offerId) {
        if (offered.remove(offerId) != null) {
            agenda.drop(offerId);
        }
    }

    private void takeUp(String offerId) {
        OfferMade offer = offered.remove(offerId);
        if (offer != null) {
            taken.put(offer.getContactId(), offer);
            Handling handling = handlings.apply(offer.getContactId());
            agenda.plan(
                    offerId,
                    handling.answerAt(offer.getOfferedAt(), due(offer)),
                    now -> answer(offer, handling, now));
        }
    }

    private static Instant due(OfferMade offer) {
        Instant due = offer.getDue();
        return due == null ? offer.getOfferedAt().plus(WITHOUT_TARGET) : due;
    }

    /**
     * Of a contact that he has answered an agent hears no more: what he said of it and what the
     * desk says may have crossed, so he ends the conversation in any case.
     */
    private void leave(ContactLeft left) {
        OfferMade offer = taken.get(left.getContactId());
        if (offer != null && offer.getAgentId().equals(left.getAgentId())) {
            taken.remove(left.getContactId());
            agenda.drop(offer.getOfferId());
        }
    }

    private void answer(OfferMade offer, Handling handling, Instant now) {
        String contact = offer.getContactId();
        String agent = offer.getAgentId();
        taken.remove(contact);
        switch (offer.getChannel()) {
            case WEB -> say(Topics.TICKETS, new TicketAnswered(contact, now, agent));
            case CHAT -> say(Topics.CHATS, new ChatAnswered(contact, now, agent));
            case PHONE -> say(Topics.CALLBACKS, new CallAnswered(contact, now, agent));
        }
        agenda.plan(
                offer.getOfferId(),
                now.plus(handling.talk(conversationLimit)),
                then -> end(offer, then));
    }

    private void end(OfferMade offer, Instant now) {
        String contact = offer.getContactId();
        switch (offer.getChannel()) {
            case WEB -> say(Topics.TICKETS, new TicketSolved(contact, now, offer.getAgentId()));
            case CHAT -> say(Topics.CHATS, new ChatEnded(contact, now, EndedBy.AGENT));
            case PHONE -> say(Topics.CALLBACKS, new CallEnded(contact, now, EndedBy.AGENT));
        }
    }

    private void say(Topic topic, SpecificRecord event) {
        said.add(new Saying(topic, event));
    }

    private List<Saying> drain() {
        List<Saying> all = said;
        said = new ArrayList<>();
        return all;
    }
}
