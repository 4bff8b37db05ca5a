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
import java.util.Objects;
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
        serveWhereRelaxed();
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
        place(contact);
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
            assign(contact);
        }
        if (agentId.equals(contact.state().holder())) {
            contacts.become(contact, contact.state().answered(agentId));
            return;
        }
        Agent before = letGo(contact, Release.ANSWERED_ELSEWHERE);
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
            refill(before);
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
        Agent before = letGo(contact, withdrawn ? Release.WITHDRAWN : Release.ENDED);
        contacts.remove(contact);
        if (before != null) {
            refill(before);
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
                letGo(
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
        serve(agent, toPlace);
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
            assign(contact);
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
        letGo(contact, agent, agent.state().closed(declined.offerId(), Refusal.DECLINED).missed(0));
        agents.seat(agent);
        Instant againAt = now.plus(moment.rules().againAfter());
        contacts.become(contact, contact.state().declined(agent.id(), againAt, now));
        place(contact);
        refill(agent);
    }

    /** An agent let a contact that was offered to them pass. */
    void expire(Contact contact, Agent agent, Instant at) {
        String offerId = contact.state().offerId();
        int missed = agent.state().missed() + 1;
        moment.decide(new Decision.Expired(contact.id(), offerId, agent.id(), at));
        letGo(contact, agent, agent.state().closed(offerId, Refusal.EXPIRED).missed(missed));
        agents.seat(agent);
        contacts.become(contact, contact.state().passed(agent.id(), moment.now()));
        if (missed >= moment.rules().missesUntilAway() && agent.state().presence().isPresent()) {
            setAway(agent, missed, contact);
        } else {
            placeWithAnother(contact);
            refill(agent);
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
        waiting.forEach(this::offerFromItsLine);
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
            place(contact);
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
            if (!offerFromItsLine(queue.line().get(skipped))) {
                skipped++;
            }
        }
    }

    private boolean isYetToCome(@Nullable Instant wakeAt) {
        return wakeAt == null || wakeAt.isAfter(moment.now());
    }

    /** Offers a contact that stands nowhere to whom it can be, or puts it in its line. */
    void place(Contact contact) {
        place(contact, whomToAsk(contact));
    }

    /** As {@link #place}, but does not ask again who let it pass just now. */
    void placeWithAnother(Contact contact) {
        place(contact, firstToAsk(contact));
    }

    private void place(Contact contact, @Nullable Agent agent) {
        if (agent == null) {
            contacts.join(contact);
        } else {
            offer(contact, agent);
            agents.seat(agent);
        }
    }

    /** Offers a contact that waits, and answers whether somebody may be asked about it now. */
    boolean offerFromItsLine(Contact contact) {
        Agent agent = whomToAsk(contact);
        if (agent == null) {
            return false;
        }
        contacts.leave(contact);
        offer(contact, agent);
        agents.seat(agent);
        return true;
    }

    /** Offers an agent what they have room for, in order of rank, and seats them again. */
    void refill(Agent agent) {
        for (Contact next = nextFor(agent); next != null; next = nextFor(agent)) {
            contacts.leave(next);
            offer(next, agent);
        }
        agents.seat(agent);
    }

    /**
     * Offers in order of rank what may have found an agent.
     *
     * @param agent who may have become able
     * @param homeless wait in their lines, and not yet because nobody has room
     */
    void serve(Agent agent, List<Contact> homeless) {
        int looked = 0;
        while (true) {
            Contact next = Contact.first(nextFor(agent), nextBesideChats());
            while (looked < homeless.size() && !homeless.get(looked).state().isWaiting()) {
                looked++;
            }
            if (looked < homeless.size()
                    && (next == null || homeless.get(looked).compareTo(next) < 0)) {
                next = homeless.get(looked++);
            }
            if (next == null) {
                return;
            }
            contacts.leave(next);
            place(next);
        }
    }

    /** Offers chats to agents who were kept free for a call and are no more. */
    void serveWhereRelaxed() {
        if (agents.relaxed) {
            for (Contact next = nextBesideChats(); next != null; next = nextBesideChats()) {
                contacts.leave(next);
                place(next);
            }
            agents.relaxed = false;
        }
    }

    /** The first to ask, else who let the contact pass just now; null while nobody has room. */
    @Nullable Agent whomToAsk(Contact contact) {
        Agent agent = firstToAsk(contact);
        return agent == null ? passerAbleToTake(contact) : agent;
    }

    /** The best agent for a contact; null while none has room who did not let it pass just now. */
    @Nullable Agent firstToAsk(Contact contact) {
        Agent keeper = contacts.keeper(contact);
        if (keeper == null) {
            return contact.queue().bestFor(contact);
        }
        return keeper.isAbleFor(contact.queue().channel()) && keeper.mayTake(contact)
                ? keeper
                : null;
    }

    /** Who let a contact pass last, where they could take it now; null where they could not. */
    private @Nullable Agent passerAbleToTake(Contact contact) {
        String passedBy = contact.state().passedBy();
        if (passedBy == null || contacts.keeper(contact) != null) {
            return null;
        }
        Agent agent = agents.find(passedBy);
        if (agent == null) {
            return null;
        }
        Queue queue = contact.queue();
        int place = agent.state().status().languages().indexOf(queue.language());
        return agent.isAbleFor(queue.channel())
                        && place >= 0
                        && queue.isServedBy(place)
                        && agent.mayTake(contact)
                ? agent
                : null;
    }

    /** The waiting contact that an agent is to be offered next; null for none. */
    @Nullable Contact nextFor(Agent agent) {
        List<Language> languages = agent.state().status().languages();
        Contact next = null;
        for (Channel channel : Queues.CHANNELS) {
            if (agent.isAbleFor(channel)) {
                Contact ofChannel = agent.nextKept(channel);
                for (int i = 0; i < languages.size(); i++) {
                    Queue queue = queues.of(languages.get(i), channel);
                    if (queue.isServedBy(i)) {
                        ofChannel = Contact.first(ofChannel, agent.nextIn(queue));
                    }
                }
                if (ofChannel != null && agent.mayTake(ofChannel)) {
                    next = Contact.first(next, ofChannel);
                }
            }
        }
        return next;
    }

    /** The next for any of those who have chats and room for more; null for none. */
    @Nullable Contact nextBesideChats() {
        Contact next = null;
        for (Agent agent : agents.ableBesideChats()) {
            next = Contact.first(next, nextFor(agent));
        }
        return next;
    }

    /** Holds a contact that stands nowhere out to an agent, who is to be seated again. */
    void offer(Contact contact, Agent agent) {
        agents.unseat(agent);
        List<String> reasons = Reasons.of(contact, agent);
        Instant expiresAt = moment.now().plus(moment.rules().offerFor());
        contacts.become(contact, contact.state().offered(agent.id(), expiresAt));
        agent.take(contact);
        moment.decide(
                new Decision.Offered(
                        contact.id(),
                        contact.state().offerId(),
                        agent.id(),
                        moment.now(),
                        expiresAt,
                        reasons));
    }

    /** The agent to whom a contact is offered takes it. */
    void assign(Contact contact) {
        Queue queue = contact.queue();
        ContactState state = contact.state();
        Agent agent = agents.get(Objects.requireNonNull(state.holder()));
        Instant now = moment.now();
        agents.unseat(agent);
        agents.become(agent, agent.state().missed(0).idleSince(now));
        agents.seat(agent);
        contacts.become(contact, state.assigned(agent.id()));
        Instant waitingSince = state.waitingSince();
        queues.become(
                queue, queue.state.assigned(waitingSince, now, queue.agents(Presence.AVAILABLE)));
        moment.decide(
                new Decision.Assigned(
                        contact.id(),
                        state.offerId(),
                        agent.id(),
                        now,
                        Duration.between(waitingSince, now),
                        state.estimatedWait()));
    }

    /** Takes a contact from its line, or from its agent, who is answered and to be seated again. */
    @Nullable Agent letGo(Contact contact, Release reason) {
        String agentId = contact.state().holder();
        moment.decide(new Decision.Released(contact.id(), agentId, moment.now(), reason));
        if (agentId == null) {
            contacts.leave(contact);
            return null;
        }
        Agent agent = agents.get(agentId);
        AgentState rescinded = agent.state().closed(contact.state().offerId(), Refusal.RESCINDED);
        AgentState next =
                switch (contact.state().stage()) {
                    case Stage.Waiting waiting -> agent.state();
                    case Stage.Offered offered -> rescinded;
                    case Stage.Assigned assigned -> rescinded.idleSince(moment.now());
                    case Stage.Answered answered -> agent.state().idleSince(moment.now());
                };
        letGo(contact, agent, next);
        return agent;
    }

    /** Takes a contact from its agent, who is to be seated again. */
    void letGo(Contact contact, Agent agent, AgentState next) {
        agents.unseat(agent);
        agent.leave(contact);
        agents.become(agent, next);
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
