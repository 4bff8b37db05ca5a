package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;
import guichet.policy.Priority;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Holds waiting contacts out to the agents of a desk, one happening after another.
 *
 * <p>Contacts are served in order of {@code due - head start}, then of arrival. After each
 * happening nobody has room for a contact that waits for them, so only who became able, or what
 * came back, has to be looked at in the next. All it knows is in the states that it hands out; what
 * it keeps beside them are ways to find things quickly. Not safe for use by several threads.
 *
 * <p>{@link ContactNews}, {@link AgentNews}, {@link OfferNews} and {@link Awakening} say what a
 * happening means, {@link Offering} who is asked then, by {@link Choice} and {@link Handover}. They
 * share a {@link Moment}, and what stands in {@link Contacts}, {@link Agents} and {@link Queues};
 * {@link Unsaved} notes what of that became different.
 */
final class MatchingEngine {

    /** The owner of the wake at which other rules begin to hold. */
    static final String RULES = Editions.OWNER;

    private final Moment moment;
    private final Unsaved unsaved = new Unsaved();
    private final Queues queues;
    private final Agents agents;
    private final Contacts contacts;
    private final Offering offering;
    private final ContactNews contactNews;
    private final AgentNews agentNews;
    private final OfferNews offerNews;
    private final Awakening awakening;

    /** An engine that knows nobody yet, and whose rules never change. */
    MatchingEngine(OfferRules rules, Instant clock) {
        this(new TreeMap<>(Map.of(Instant.MIN, rules)), clock);
    }

    /**
     * An engine that knows nobody yet.
     *
     * @param editions the rules, by the instant from which they hold; the first from ever
     */
    MatchingEngine(NavigableMap<Instant, OfferRules> editions, Instant clock) {
        this(new Moment(Editions.heeded(editions, clock), clock));
        queues.all().forEach(unsaved::touch);
    }

    private MatchingEngine(Moment moment) {
        this.moment = moment;
        queues = new Queues(moment.rules(), moment.now(), unsaved);
        agents = new Agents(queues, unsaved);
        contacts = new Contacts(queues, agents, unsaved);
        Handover handover = new Handover(moment, queues, agents, contacts);
        offering = new Offering(new Choice(queues, agents, contacts), handover, agents, contacts);
        contactNews = new ContactNews(moment, agents, contacts, handover, offering);
        agentNews = new AgentNews(moment, queues, agents, contacts, handover, offering);
        offerNews = new OfferNews(moment, agents, contacts, handover, offering, agentNews);
        awakening = new Awakening(moment, unsaved, queues, agents, contacts, offering, offerNews);
    }

    /**
     * The engine as after the history that left these states. Which rules that history heeded last
     * is not known, so it wants to heed them first of all ({@link #rulesAreOver}).
     */
    static MatchingEngine restored(
            NavigableMap<Instant, OfferRules> editions,
            Instant clock,
            Collection<ContactState> contacts,
            Collection<AgentState> agents,
            Collection<QueueState> queues) {
        MatchingEngine engine =
                new MatchingEngine(new Moment(Editions.toBeHeeded(editions, clock), clock));
        queues.forEach(engine.queues::restore);
        agents.forEach(engine.agents::restore);
        contacts.forEach(engine.contacts::restore);
        engine.agents.seatAll();
        for (Queue queue : engine.queues.all()) {
            queue.wasCovered = queue.isCovered();
        }
        return engine;
    }

    /**
     * Whether other rules hold at an instant than those that were heeded last. Then the engine is
     * to be told so, by {@link Happening.TimeReached} of {@link #RULES}, before anything else.
     */
    boolean rulesAreOver(Instant now) {
        return moment.rulesAreOver(now);
    }

    /**
     * What follows from a happening.
     *
     * @param now the time of the decision; where it is before the last one's, that one holds
     */
    List<Decision> decide(Happening happening, Instant now) {
        moment.begin(now);
        switch (happening) {
            case Happening.Queued queued -> contactNews.on(queued);
            case Happening.DueMoved moved -> contactNews.on(moved);
            case Happening.Answered answered -> contactNews.on(answered);
            case Happening.Ended ended -> contactNews.on(ended);
            case Happening.StatusChanged changed -> agentNews.on(changed);
            case Happening.LongOffline gone -> agentNews.on(gone);
            case Happening.Accepted accepted -> offerNews.on(accepted);
            case Happening.Declined declined -> offerNews.on(declined);
            case Happening.TimeReached reached -> awakening.on(reached);
        }
        offering.serveWhereRelaxed();
        return moment.decided();
    }

    /** The states that changed since last asked. */
    Changes drainChanges() {
        return unsaved.drain(moment.now(), moment.rulesEnd(), contacts::has, agents::has);
    }

    /** How many of a priority wait in a queue, those kept for their preferred agent included. */
    int waiting(Language language, Channel channel, Priority priority) {
        return queues.of(language, channel).waiting(priority);
    }

    /**
     * The place of a contact in its queue that no agent has taken, 1 for next; one that is offered
     * keeps its own.
     */
    OptionalInt position(String contactId) {
        Contact contact = contacts.find(contactId);
        return contact == null || contact.state().isTaken()
                ? OptionalInt.empty()
                : OptionalInt.of(contact.queue().line().countBefore(contact) + 1);
    }

    /** How long such a contact is likely to wait from now on; empty where nobody can tell. */
    Optional<Duration> expectedWait(String contactId) {
        Contact contact = contacts.find(contactId);
        return contact == null || contact.state().isTaken()
                ? Optional.empty()
                : Optional.ofNullable(contact.queue().expectedWait(contact));
    }

    /** All who wait in a queue, in order of service. Looks at each. */
    List<ContactState> queued(Language language, Channel channel) {
        return queues.of(language, channel).waiting().stream()
                .sorted()
                .map(Contact::state)
                .toList();
    }

    /** When the oldest of those who wait in a queue was made. */
    Optional<Instant> oldest(Language language, Channel channel) {
        NavigableSet<Contact> waiting = queues.of(language, channel).waiting();
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.first().state().queued().queuedAt());
    }

    /** What an agent has, offers not counted, in order of service. */
    List<ContactState> taken(String agentId) {
        Agent agent = agents.find(agentId);
        return agent == null
                ? List.of()
                : agent.contacts().stream()
                        .filter(contact -> contact.state().isTaken())
                        .sorted()
                        .map(Contact::state)
                        .toList();
    }

    /** A contact that waits or that an agent has. */
    Optional<ContactState> contact(String contactId) {
        return Optional.ofNullable(contacts.find(contactId)).map(Contact::state);
    }

    int agents(Presence presence) {
        return agents.count(presence);
    }

    Occupancy occupancy() {
        return agents.occupancy();
    }
}
