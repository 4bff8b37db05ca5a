package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;
import guichet.policy.Priority;
import guichet.routing.matching.ContactState.Stage;
import guichet.routing.matching.Decision.Refusal;
import guichet.routing.matching.Decision.Release;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
 */
final class MatchingEngine {

    /** The owner of the wake at which other rules begin to hold. */
    static final String RULES = Editions.OWNER;

    private final Moment moment;
    private final Unsaved unsaved = new Unsaved();
    private final Queues queues;
    private final Agents agents;
    private final Contacts contacts;
    private final Handover handover;
    private final Offering offering;

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
        handover = new Handover(moment, queues, agents, contacts);
        offering = new Offering(new Choice(queues, agents, contacts), handover, agents, contacts);
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
            case Happening.Queued queued -> on(queued);
            case Happening.DueMoved moved -> on(moved);
            case Happening.Answered answered -> on(answered);
            case Happening.Ended ended -> on(ended);
            case Happening.StatusChanged changed -> on(changed);
            case Happening.LongOffline gone -> on(gone);
            case Happening.Accepted accepted -> on(accepted);
            case Happening.Declined declined -> on(declined);
            case Happening.TimeReached reached -> on(reached);
        }
        offering.serveWhereRelaxed();
        return moment.decided();
    }

    void on(Happening.Queued queued) {
        if (contacts.has(queued.contactId())) {
            return;
        }
        Contact contact =
                contacts.begin(
                        ContactState.of(
                                        queued,
                                        moment.now().plus(moment.rules().preferredFor()),
                                        moment.now())
                                .waiting(moment.now()));
        offering.place(contact);
        contacts.become(
                contact,
                contact.state()
                        .withEstimate(
                                contact.state().isWaiting()
                                        ? contact.queue().expectedWait(contact)
                                        : Duration.ZERO));
    }

    void on(Happening.DueMoved moved) {
        Contact contact = contacts.find(moved.contactId());
        if (contact == null || moved.due().equals(contact.state().due())) {
            return;
        }
        ContactState next = contact.state().withDue(moved.due());
        if (next.isWaiting()) {
            contacts.leave(contact);
            contacts.become(contact, next);
            contacts.join(contact);
            agents.relaxed = true;
        } else {
            contacts.become(contact, next);
        }
    }

    void on(Happening.Answered answered) {
        Contact contact = contacts.find(answered.contactId());
        if (contact == null || contact.state().stage() instanceof Stage.Answered) {
            return;
        }
        String agentId = answered.agentId();
        if (contact.state().isOfferedTo(agentId)) {
            handover.assign(contact);
        }
        if (agentId.equals(contact.state().holder())) {
            contacts.become(contact, contact.state().answered(agentId));
            return;
        }
        Agent before = handover.letGo(contact, Release.ANSWERED_ELSEWHERE);
        Agent now = agents.find(agentId);
        if (now == null) {
            contacts.remove(contact);
        } else {
            contacts.become(contact, contact.state().answered(agentId));
            agents.unseat(now);
            now.take(contact);
            agents.become(now, now.state().idleSince(moment.now()));
            agents.seat(now);
        }
        if (before != null) {
            offering.refill(before);
        }
    }

    void on(Happening.Ended ended) {
        Contact contact = contacts.find(ended.contactId());
        if (contact == null) {
            return;
        }
        boolean withdrawn =
                switch (contact.state().stage()) {
                    case Stage.Waiting waiting -> true;
                    case Stage.Offered offered -> true;
                    case Stage.Assigned assigned -> false;
                    case Stage.Answered answered -> false;
                };
        Agent before = handover.letGo(contact, withdrawn ? Release.WITHDRAWN : Release.ENDED);
        contacts.remove(contact);
        if (before != null) {
            offering.refill(before);
        }
    }

    void on(Happening.StatusChanged status) {
        Agent agent = agents.find(status.agentId());
        if (agent == null) {
            agent = agents.begin(status.agentId(), moment.now());
        } else if (agent.state().status().equals(status)) {
            return;
        }
        restate(agent, agent.state().with(status, moment.now()), List.of());
    }

    void on(Happening.LongOffline gone) {
        Agent agent = agents.find(gone.agentId());
        if (agent != null && agent.state().presence() == Presence.OFFLINE && agent.load() == 0) {
            agents.forget(agent);
        }
    }

    /**
     * The desk sets an agent away.
     *
     * @param passed the contact that they let pass last; stands nowhere
     */
    void setAway(Agent agent, int missed, Contact passed) {
        moment.decide(new Decision.SetAway(agent.id(), moment.now(), missed));
        restate(agent, agent.state().away(), List.of(passed));
    }

    private void restate(Agent agent, AgentState next, List<Contact> homeless) {
        List<Contact> toPlace = new ArrayList<>(homeless);
        List<Contact> theirOwn = contacts.preferring(agent);
        theirOwn.forEach(contacts::leave);
        agents.unseat(agent);
        agents.become(agent, next);
        agents.seat(agent);
        queues.all().forEach(this::noteCoverage);
        for (Contact contact : agent.contacts().stream().sorted().toList()) {
            if (returns(contact.state().stage(), next.presence())) {
                handover.letGo(
                        contact,
                        next.presence() == Presence.AWAY
                                ? Release.AGENT_AWAY
                                : Release.AGENT_OFFLINE);
                agents.seat(agent);
                contacts.become(contact, contact.state().waiting(moment.now()));
                toPlace.add(contact);
            }
        }
        for (Contact contact : theirOwn) {
            if (contacts.keeper(contact) == agent) {
                contacts.join(contact);
            } else {
                toPlace.add(contact);
            }
        }
        toPlace.sort(null);
        toPlace.forEach(contacts::join);
        offering.serve(agent, toPlace);
    }

    private void noteCoverage(Queue queue) {
        if (queue.wasCovered != queue.isCovered()) {
            queue.wasCovered = queue.isCovered();
            queues.become(queue, queue.state.coverageChanged(moment.now()));
            agents.relaxed = true;
        }
    }

    /** Whether a contact goes back to its queue when its agent is of such presence. */
    private static boolean returns(Stage stage, Presence presence) {
        return switch (stage) {
            case Stage.Waiting waiting -> false;
            case Stage.Offered offered -> !presence.isPresent();
            case Stage.Assigned assigned -> presence == Presence.OFFLINE;
            case Stage.Answered answered -> false;
        };
    }

    void on(Happening.Accepted accepted) {
        Contact contact = contacts.find(accepted.contactId());
        if (contact != null && isOpen(contact, accepted.offerId(), accepted.agentId())) {
            handover.assign(contact);
        } else {
            refuse(contact, accepted.contactId(), accepted.offerId(), accepted.agentId());
        }
    }

    void on(Happening.Declined declined) {
        Contact contact = contacts.find(declined.contactId());
        if (contact == null || !isOpen(contact, declined.offerId(), declined.agentId())) {
            refuse(contact, declined.contactId(), declined.offerId(), declined.agentId());
            return;
        }
        Agent agent = agents.get(declined.agentId());
        Instant now = moment.now();
        moment.decide(new Decision.Released(contact.id(), agent.id(), now, Release.DECLINED));
        handover.letGo(
                contact,
                agent,
                agent.state().closed(declined.offerId(), Refusal.DECLINED).missed(0));
        agents.seat(agent);
        Instant againAt = now.plus(moment.rules().againAfter());
        contacts.become(contact, contact.state().declined(agent.id(), againAt, now));
        offering.place(contact);
        offering.refill(agent);
    }

    /** An agent let a contact that was offered to them pass. */
    void expire(Contact contact, Agent agent, Instant at) {
        String offerId = contact.state().offerId();
        int missed = agent.state().missed() + 1;
        moment.decide(new Decision.Expired(contact.id(), offerId, agent.id(), at));
        handover.letGo(
                contact, agent, agent.state().closed(offerId, Refusal.EXPIRED).missed(missed));
        agents.seat(agent);
        contacts.become(contact, contact.state().passed(agent.id(), moment.now()));
        if (missed >= moment.rules().missesUntilAway() && agent.state().presence().isPresent()) {
            setAway(agent, missed, contact);
        } else {
            offering.placeWithAnother(contact);
            offering.refill(agent);
        }
    }

    private static boolean isOpen(Contact contact, String offerId, String agentId) {
        return contact.state().isOfferedTo(agentId) && contact.state().offerId().equals(offerId);
    }

    private void refuse(
            @Nullable Contact contact, String contactId, String offerId, String agentId) {
        moment.decide(
                new Decision.Refused(
                        contactId, offerId, agentId, refusal(contact, offerId, agentId)));
    }

    private Refusal refusal(@Nullable Contact contact, String offerId, String agentId) {
        Agent agent = agents.find(agentId);
        Refusal closed = agent == null ? null : agent.state().refusal(offerId);
        if (closed != null) {
            return closed;
        }
        if (contact == null || !contact.state().hasOffer(offerId)) {
            return Refusal.UNKNOWN;
        }
        return agentId.equals(contact.state().holder()) ? Refusal.ALREADY_YOURS : Refusal.NOT_YOURS;
    }

    void on(Happening.TimeReached reached) {
        if (reached.owner().equals(Editions.OWNER)) {
            unsaved.wokenForRules();
            if (moment.rulesAreOver(moment.now())) {
                heedRules();
            }
            return;
        }
        Queue queue = queues.owning(reached.owner());
        Contact contact = contacts.owning(reached.owner());
        if (queue != null) {
            wake(queue);
        } else if (contact != null) {
            wake(contact);
        }
    }

    /**
     * The rules of now take the place of those before. What began under those ends as it was to
     * end: an offer, a claim of a preferred agent, a pause.
     */
    private void heedRules() {
        moment.heedRules();
        agents.relaxed = true;
        List<Contact> waiting = new ArrayList<>();
        for (Queue queue : queues.all()) {
            queues.heed(queue, moment.rules(), moment.now());
            queue.line().forEach(waiting::add);
        }
        waiting.sort(null);
        waiting.forEach(offering::offerFromItsLine);
    }

    private void wake(Contact contact) {
        unsaved.woken(contact);
        if (isYetToCome(contact.state().wakeAt())) {
            return;
        }
        if (contact.state().stage() instanceof Stage.Offered(String agentId, Instant expiresAt)) {
            expire(contact, agents.get(agentId), expiresAt);
        } else {
            contacts.leave(contact);
            contacts.become(contact, contact.state().waiting(moment.now()));
            offering.place(contact);
        }
    }

    private void wake(Queue queue) {
        unsaved.woken(queue);
        if (isYetToCome(queue.wakeAt())) {
            return;
        }
        queues.become(queue, queue.state.openToFurtherLanguages(true));
        int skipped = 0;
        while (skipped < queue.line().size() && queue.able() > 0) {
            if (!offering.offerFromItsLine(queue.line().get(skipped))) {
                skipped++;
            }
        }
    }

    private boolean isYetToCome(@Nullable Instant wakeAt) {
        return wakeAt == null || wakeAt.isAfter(moment.now());
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
