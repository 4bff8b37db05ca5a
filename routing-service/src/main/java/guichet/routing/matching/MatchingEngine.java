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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds waiting contacts out to the agents of a desk, one happening after another.
 *
 * <p>Contacts are served in order of {@code due - head start}, then of arrival. After each
 * happening nobody has room for a contact that waits for them, so only who became able, or what
 * came back, has to be looked at in the next. All it knows is in the states that it hands out; what
 * it keeps beside them are ways to find things quickly. Not safe for use by several threads.
 */
final class MatchingEngine {

    private static final Language[] LANGUAGES = Language.values();
    private static final Channel[] CHANNELS = Channel.values();

    /** The owner of the wake at which other rules begin to hold. */
    static final String RULES = "rules";

    /** Begins the owner of a contact's wake. */
    private static final String CONTACT = "contact:";

    private static final TreeSet<Contact> NOBODY = new TreeSet<>();

    private final NavigableMap<Instant, OfferRules> editions;
    private OfferRules rules;

    /** Until when they hold, or have been heeded; null for ever. */
    private @Nullable Instant rulesEnd;

    /** As told last; null for never. */
    private @Nullable Instant toldRulesEnd;

    private final List<Queue> queues = new ArrayList<>();
    private final Map<String, Contact> contacts = new HashMap<>();
    private final Map<String, Agent> agents = new HashMap<>();

    /** Agents who have chats and room for more, and would take calls if they had none. */
    private final Set<Agent> ableBesideChats = new HashSet<>();

    /** Whether one of them may take more than before: a call is gone, or who serves it changed. */
    private boolean relaxed;

    /** Contacts in line that would be kept for an agent if they were present. */
    private final Map<String, TreeSet<Contact>> preferring = new HashMap<>();

    private final int[] agentsByPresence = new int[Presence.values().length];
    private long taken;
    private long capacity;

    private Instant clock;
    private List<Decision> decided = new ArrayList<>();

    private final List<Contact> changedContacts = new ArrayList<>();
    private final List<Agent> changedAgents = new ArrayList<>();
    private final List<Queue> changedQueues = new ArrayList<>();
    private final List<Contact> removed = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();

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
        this.editions = editions;
        this.rules = editions.floorEntry(clock).getValue();
        this.rulesEnd = editions.higherKey(clock);
        this.clock = clock;
        for (Language language : LANGUAGES) {
            for (Channel channel : CHANNELS) {
                queues.add(new Queue(QueueState.initial(language, channel, clock), rules));
            }
        }
        queues.forEach(this::touch);
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
        MatchingEngine engine = new MatchingEngine(editions, clock);
        engine.rulesEnd = clock;
        engine.changedQueues.clear();
        queues.forEach(state -> engine.queue(state.language(), state.channel()).state = state);
        agents.forEach(
                state -> engine.agents.put(state.agentId(), new Agent(state, engine::calls)));
        contacts.forEach(engine::restore);
        engine.agents.values().forEach(engine::seat);
        for (Queue queue : engine.queues) {
            queue.changed = false;
            queue.wasCovered = queue.isCovered();
        }
        return engine;
    }

    private void restore(ContactState state) {
        Contact contact = new Contact(state, queue(state.queued()));
        contact.toldToWakeAt = state.wakeAt();
        contacts.put(contact.id(), contact);
        String holder = state.holder();
        if (holder == null) {
            join(contact);
        } else {
            agent(holder).take(contact);
        }
    }

    /**
     * Whether other rules hold at an instant than those that were heeded last. Then the engine is
     * to be told so, by {@link Happening.TimeReached} of {@link #RULES}, before anything else.
     */
    boolean rulesAreOver(Instant now) {
        return rulesEnd != null && !(now.isAfter(clock) ? now : clock).isBefore(rulesEnd);
    }

    /**
     * What follows from a happening.
     *
     * @param now the time of the decision; where it is before the last one's, that one holds
     */
    List<Decision> decide(Happening happening, Instant now) {
        clock = now.isAfter(clock) ? now : clock;
        decided = new ArrayList<>();
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
        return decided;
    }

    private void on(Happening.Queued queued) {
        if (contacts.containsKey(queued.contactId())) {
            return;
        }
        Contact contact =
                new Contact(
                        ContactState.of(queued, clock.plus(rules.preferredFor()), clock)
                                .waiting(clock),
                        queue(queued));
        contacts.put(contact.id(), contact);
        place(contact);
        contact.become(
                contact.state()
                        .withEstimate(
                                contact.state().isWaiting()
                                        ? contact.queue().expectedWait(contact)
                                        : Duration.ZERO));
        touch(contact);
    }

    private void on(Happening.DueMoved moved) {
        Contact contact = contacts.get(moved.contactId());
        if (contact == null || moved.due().equals(contact.state().due())) {
            return;
        }
        ContactState next = contact.state().withDue(moved.due());
        if (next.isWaiting()) {
            leave(contact);
            contact.become(next);
            join(contact);
            relaxed = true;
        } else {
            contact.become(next);
        }
        touch(contact);
    }

    private void on(Happening.Answered answered) {
        Contact contact = contacts.get(answered.contactId());
        if (contact == null || contact.state().stage() instanceof Stage.Answered) {
            return;
        }
        String agentId = answered.agentId();
        if (contact.state().isOfferedTo(agentId)) {
            assign(contact);
        }
        if (agentId.equals(contact.state().holder())) {
            become(contact, contact.state().answered(agentId));
            return;
        }
        Agent before = letGo(contact, Release.ANSWERED_ELSEWHERE);
        Agent now = agents.get(agentId);
        if (now == null) {
            remove(contact);
        } else {
            become(contact, contact.state().answered(agentId));
            unseat(now);
            now.take(contact);
            become(now, now.state().idleSince(clock));
            seat(now);
        }
        if (before != null) {
            refill(before);
        }
    }

    private void on(Happening.Ended ended) {
        Contact contact = contacts.get(ended.contactId());
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
        remove(contact);
        if (before != null) {
            refill(before);
        }
    }

    private void on(Happening.StatusChanged status) {
        Agent agent = agents.get(status.agentId());
        if (agent == null) {
            agent = new Agent(AgentState.unknown(status.agentId(), clock), this::calls);
            agents.put(agent.id(), agent);
            seat(agent);
        } else if (agent.state().status().equals(status)) {
            return;
        }
        restate(agent, agent.state().with(status, clock), new ArrayList<>());
    }

    private void on(Happening.LongOffline gone) {
        Agent agent = agents.get(gone.agentId());
        if (agent != null && agent.state().presence() == Presence.OFFLINE && agent.load() == 0) {
            unseat(agent);
            agents.remove(agent.id());
            forgotten.add(agent.id());
        }
    }

    private void on(Happening.Accepted accepted) {
        Contact contact = contacts.get(accepted.contactId());
        if (contact != null && isOpen(contact, accepted.offerId(), accepted.agentId())) {
            assign(contact);
        } else {
            refuse(contact, accepted.contactId(), accepted.offerId(), accepted.agentId());
        }
    }

    private void refuse(
            @Nullable Contact contact, String contactId, String offerId, String agentId) {
        decided.add(
                new Decision.Refused(
                        contactId, offerId, agentId, refusal(contact, offerId, agentId)));
    }

    private Refusal refusal(@Nullable Contact contact, String offerId, String agentId) {
        Agent agent = agents.get(agentId);
        Refusal closed = agent == null ? null : agent.state().refusal(offerId);
        if (closed != null) {
            return closed;
        }
        if (contact == null || !contact.state().hasOffer(offerId)) {
            return Refusal.UNKNOWN;
        }
        return agentId.equals(contact.state().holder()) ? Refusal.ALREADY_YOURS : Refusal.NOT_YOURS;
    }

    private void on(Happening.Declined declined) {
        Contact contact = contacts.get(declined.contactId());
        if (contact == null || !isOpen(contact, declined.offerId(), declined.agentId())) {
            refuse(contact, declined.contactId(), declined.offerId(), declined.agentId());
            return;
        }
        Agent agent = agent(declined.agentId());
        decided.add(new Decision.Released(contact.id(), agent.id(), clock, Release.DECLINED));
        letGo(contact, agent, agent.state().closed(declined.offerId(), Refusal.DECLINED).missed(0));
        seat(agent);
        become(
                contact,
                contact.state().declined(agent.id(), clock.plus(rules.againAfter()), clock));
        place(contact);
        refill(agent);
    }

    private void on(Happening.TimeReached reached) {
        if (reached.owner().equals(RULES)) {
            toldRulesEnd = null;
            if (rulesAreOver(clock)) {
                heedRules();
            }
            return;
        }
        for (Queue queue : queues) {
            if (owner(queue).equals(reached.owner())) {
                wake(queue);
                return;
            }
        }
        Contact contact = contactOwning(reached.owner());
        if (contact != null) {
            wake(contact);
        }
    }

    /**
     * The rules of now take the place of those before. What began under those ends as it was to
     * end: an offer, a claim of a preferred agent, a pause.
     */
    private void heedRules() {
        rules = editions.floorEntry(clock).getValue();
        rulesEnd = editions.higherKey(clock);
        relaxed = true;
        List<Contact> waiting = new ArrayList<>();
        for (Queue queue : queues) {
            queue.heed(rules, clock);
            touch(queue);
            queue.line().forEach(waiting::add);
        }
        waiting.sort(null);
        waiting.forEach(this::offerFromItsLine);
    }

    private void wake(Contact contact) {
        Instant wakeAt = contact.state().wakeAt();
        contact.toldToWakeAt = null;
        touch(contact);
        if (wakeAt == null || wakeAt.isAfter(clock)) {
            return;
        }
        if (contact.state().stage() instanceof Stage.Offered(String agentId, Instant expiresAt)) {
            expire(contact, agent(agentId), expiresAt);
        } else {
            leave(contact);
            become(contact, contact.state().waiting(clock));
            place(contact);
        }
    }

    private void expire(Contact contact, Agent agent, Instant at) {
        String offerId = contact.state().offerId();
        int missed = agent.state().missed() + 1;
        decided.add(new Decision.Expired(contact.id(), offerId, agent.id(), at));
        letGo(contact, agent, agent.state().closed(offerId, Refusal.EXPIRED).missed(missed));
        seat(agent);
        become(contact, contact.state().passed(agent.id(), clock));
        if (missed >= rules.missesUntilAway() && agent.state().presence().isPresent()) {
            decided.add(new Decision.SetAway(agent.id(), clock, missed));
            restate(agent, agent.state().away(), List.of(contact));
        } else {
            place(contact, firstToAsk(contact));
            refill(agent);
        }
    }

    private void wake(Queue queue) {
        Instant wakeAt = queue.wakeAt();
        queue.toldToWakeAt = null;
        touch(queue);
        if (wakeAt == null || wakeAt.isAfter(clock)) {
            return;
        }
        queue.state = queue.state.openToFurtherLanguages(true);
        int skipped = 0;
        while (skipped < queue.line().size() && queue.able() > 0) {
            if (!offerFromItsLine(queue.line().get(skipped))) {
                skipped++;
            }
        }
    }

    /** Whether somebody may be asked about it now. */
    private boolean offerFromItsLine(Contact contact) {
        Agent agent = whomToAsk(contact);
        if (agent == null) {
            return false;
        }
        leave(contact);
        offer(contact, agent);
        seat(agent);
        return true;
    }

    /** Who let a contact pass last, where they could take it now; null where they could not. */
    private @Nullable Agent passerAbleToTake(Contact contact) {
        String passedBy = contact.state().passedBy();
        if (passedBy == null || keeper(contact) != null) {
            return null;
        }
        Agent agent = agents.get(passedBy);
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

    /** An agent says something else of themselves, or the desk sets them away. */
    private void restate(Agent agent, AgentState next, List<Contact> homeless) {
        List<Contact> toPlace = new ArrayList<>(homeless);
        List<Contact> theirOwn = new ArrayList<>(preferring.getOrDefault(agent.id(), NOBODY));
        for (Channel channel : CHANNELS) {
            theirOwn.addAll(agent.kept(channel));
        }
        theirOwn.forEach(this::leave);
        unseat(agent);
        become(agent, next);
        seat(agent);
        queues.forEach(this::noteCoverage);
        for (Contact contact : agent.contacts().stream().sorted().toList()) {
            if (returns(contact.state().stage(), next.presence())) {
                letGo(
                        contact,
                        next.presence() == Presence.AWAY
                                ? Release.AGENT_AWAY
                                : Release.AGENT_OFFLINE);
                seat(agent);
                become(contact, contact.state().waiting(clock));
                toPlace.add(contact);
            }
        }
        for (Contact contact : theirOwn) {
            if (keeper(contact) == agent) {
                join(contact);
            } else {
                toPlace.add(contact);
            }
        }
        toPlace.sort(null);
        toPlace.forEach(this::join);
        serve(agent, toPlace);
    }

    /**
     * Offers in order of rank what may have found an agent.
     *
     * @param agent who may have become able
     * @param homeless wait in their lines, and not yet because nobody has room
     */
    private void serve(Agent agent, List<Contact> homeless) {
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
            leave(next);
            place(next);
        }
    }

    /** Offers chats to agents who were kept free for a call and are no more. */
    private void serveWhereRelaxed() {
        if (relaxed) {
            for (Contact next = nextBesideChats(); next != null; next = nextBesideChats()) {
                leave(next);
                place(next);
            }
            relaxed = false;
        }
    }

    private @Nullable Contact nextBesideChats() {
        Contact next = null;
        for (Agent agent : ableBesideChats) {
            next = Contact.first(next, nextFor(agent));
        }
        return next;
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

    private void noteCoverage(Queue queue) {
        if (queue.wasCovered != queue.isCovered()) {
            queue.wasCovered = queue.isCovered();
            queue.state = queue.state.coverageChanged(clock);
            relaxed = true;
            touch(queue);
        }
    }

    private boolean isOpen(Contact contact, String offerId, String agentId) {
        return contact.state().isOfferedTo(agentId) && contact.state().offerId().equals(offerId);
    }

    private void assign(Contact contact) {
        Queue queue = contact.queue();
        ContactState state = contact.state();
        Agent agent = agent(Objects.requireNonNull(state.holder()));
        unseat(agent);
        become(agent, agent.state().missed(0).idleSince(clock));
        seat(agent);
        become(contact, state.assigned(agent.id()));
        Instant waitingSince = state.waitingSince();
        queue.state = queue.state.assigned(waitingSince, clock, queue.agents(Presence.AVAILABLE));
        touch(queue);
        decided.add(
                new Decision.Assigned(
                        contact.id(),
                        state.offerId(),
                        agent.id(),
                        clock,
                        Duration.between(waitingSince, clock),
                        state.estimatedWait()));
    }

    /** Offers a contact that stands nowhere to whom it can be, or puts it in its line. */
    private void place(Contact contact) {
        place(contact, whomToAsk(contact));
    }

    private @Nullable Agent whomToAsk(Contact contact) {
        Agent agent = firstToAsk(contact);
        return agent == null ? passerAbleToTake(contact) : agent;
    }

    private void place(Contact contact, @Nullable Agent agent) {
        if (agent == null) {
            join(contact);
        } else {
            offer(contact, agent);
            seat(agent);
        }
    }

    /** The best agent for a contact; null while none has room who did not let it pass just now. */
    private @Nullable Agent firstToAsk(Contact contact) {
        Agent keeper = keeper(contact);
        if (keeper == null) {
            return contact.queue().bestFor(contact);
        }
        return keeper.isAbleFor(contact.queue().channel()) && keeper.mayTake(contact)
                ? keeper
                : null;
    }

    /** Offers an agent what they have room for, in order of rank, and seats them again. */
    private void refill(Agent agent) {
        for (Contact next = nextFor(agent); next != null; next = nextFor(agent)) {
            leave(next);
            offer(next, agent);
        }
        seat(agent);
    }

    private @Nullable Contact nextFor(Agent agent) {
        List<Language> languages = agent.state().status().languages();
        Contact next = null;
        for (Channel channel : CHANNELS) {
            if (agent.isAbleFor(channel)) {
                Contact ofChannel = agent.nextKept(channel);
                for (int i = 0; i < languages.size(); i++) {
                    Queue queue = queue(languages.get(i), channel);
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

    private void offer(Contact contact, Agent agent) {
        unseat(agent);
        List<String> reasons = Reasons.of(contact, agent);
        Instant expiresAt = clock.plus(rules.offerFor());
        become(contact, contact.state().offered(agent.id(), expiresAt));
        agent.take(contact);
        decided.add(
                new Decision.Offered(
                        contact.id(),
                        contact.state().offerId(),
                        agent.id(),
                        clock,
                        expiresAt,
                        reasons));
    }

    /** Takes a contact from its line, or from its agent, who is answered and to be seated again. */
    private @Nullable Agent letGo(Contact contact, Release reason) {
        String agentId = contact.state().holder();
        decided.add(new Decision.Released(contact.id(), agentId, clock, reason));
        if (agentId == null) {
            leave(contact);
            return null;
        }
        Agent agent = agent(agentId);
        AgentState rescinded = agent.state().closed(contact.state().offerId(), Refusal.RESCINDED);
        AgentState next =
                switch (contact.state().stage()) {
                    case Stage.Waiting waiting -> agent.state();
                    case Stage.Offered offered -> rescinded;
                    case Stage.Assigned assigned -> rescinded.idleSince(clock);
                    case Stage.Answered answered -> agent.state().idleSince(clock);
                };
        letGo(contact, agent, next);
        return agent;
    }

    private void letGo(Contact contact, Agent agent, AgentState next) {
        unseat(agent);
        agent.leave(contact);
        become(agent, next);
    }

    /** The agent a waiting contact is kept for; null when it is for anyone. */
    private @Nullable Agent keeper(Contact contact) {
        ContactState state = contact.state();
        Agent agent =
                state.reservedUntil() == null ? null : agents.get(state.queued().preferredAgent());
        return agent != null
                        && agent.state()
                                .isPresentFor(contact.queue().language(), contact.queue().channel())
                ? agent
                : null;
    }

    /** Puts a contact in the line where it waits. */
    private void join(Contact contact) {
        Queue queue = contact.queue();
        ContactState state = contact.state();
        contact.keptFor = keeper(contact);
        if (contact.keptFor != null) {
            contact.keptFor.kept(queue.channel()).add(contact);
        } else {
            queue.line().add(contact);
            state.pausedUntil().keySet().forEach(id -> agent(id).paused(queue).add(contact));
            if (state.reservedUntil() != null) {
                preferring
                        .computeIfAbsent(state.queued().preferredAgent(), id -> new TreeSet<>())
                        .add(contact);
            }
        }
        queue.begins(contact);
    }

    /** Takes a waiting contact out of its line, as it joined it. */
    private void leave(Contact contact) {
        Queue queue = contact.queue();
        ContactState state = contact.state();
        relaxed |= queue.channel() == Channel.PHONE;
        if (contact.keptFor != null) {
            contact.keptFor.kept(queue.channel()).remove(contact);
        } else {
            queue.line().remove(contact);
            state.pausedUntil().keySet().forEach(id -> agent(id).paused(queue).remove(contact));
            if (state.reservedUntil() != null) {
                preferring.computeIfPresent(
                        state.queued().preferredAgent(),
                        (id, others) -> {
                            others.remove(contact);
                            return others.isEmpty() ? null : others;
                        });
            }
        }
        queue.ends(contact);
    }

    /** Counts an agent in, and puts them where they are found when work comes. */
    private void seat(Agent agent) {
        if (!agent.isSeated) {
            agent.isSeated = true;
            tally(agent, 1);
            if (agent.isAbleBesideChats()) {
                ableBesideChats.add(agent);
            }
            List<Language> languages = agent.state().status().languages();
            for (Channel channel : CHANNELS) {
                if (agent.takes(channel)) {
                    boolean able = agent.isAbleFor(channel);
                    for (int i = 0; i < languages.size(); i++) {
                        queue(languages.get(i), channel).roster(i).add(agent, able);
                    }
                }
            }
        }
    }

    /** Undoes what seating them did; to be called before anything about them changes. */
    private void unseat(Agent agent) {
        if (agent.isSeated) {
            agent.isSeated = false;
            tally(agent, -1);
            ableBesideChats.remove(agent);
            List<Language> languages = agent.state().status().languages();
            for (Channel channel : CHANNELS) {
                if (agent.takes(channel)) {
                    boolean able = agent.isAbleFor(channel);
                    for (int i = 0; i < languages.size(); i++) {
                        queue(languages.get(i), channel).roster(i).remove(agent, able);
                    }
                }
            }
        }
    }

    private void tally(Agent agent, int sign) {
        Presence presence = agent.state().presence();
        agentsByPresence[presence.ordinal()] += sign;
        if (presence.isPresent()) {
            taken += sign * (long) agent.load();
            capacity += sign * agent.capacity();
        }
    }

    private void become(Contact contact, ContactState next) {
        contact.become(next);
        touch(contact);
    }

    private void become(Agent agent, AgentState next) {
        agent.become(next);
        touch(agent);
    }

    private void remove(Contact contact) {
        contact.isRemoved = true;
        contacts.remove(contact.id());
        removed.add(contact);
    }

    private void touch(Contact contact) {
        if (!contact.changed) {
            contact.changed = true;
            changedContacts.add(contact);
        }
    }

    private void touch(Agent agent) {
        if (!agent.changed) {
            agent.changed = true;
            changedAgents.add(agent);
        }
    }

    private void touch(Queue queue) {
        if (!queue.changed) {
            queue.changed = true;
            changedQueues.add(queue);
        }
    }

    private Agent agent(String id) {
        return Objects.requireNonNull(agents.get(id), id);
    }

    private Queue queue(Language language, Channel channel) {
        return queues.get(language.ordinal() * CHANNELS.length + channel.ordinal());
    }

    private Queue calls(Language language) {
        return queue(language, Channel.PHONE);
    }

    private Queue queue(Happening.Queued queued) {
        return queue(queued.language(), queued.channel());
    }

    private static String owner(Contact contact) {
        return CONTACT + contact.id();
    }

    private static String owner(Queue queue) {
        return "queue:" + queue.language().tag() + "/" + queue.channel();
    }

    private @Nullable Contact contactOwning(String owner) {
        return owner.startsWith(CONTACT) ? contacts.get(owner.substring(CONTACT.length())) : null;
    }

    /** The states that changed since last asked. */
    Changes drainChanges() {
        Map<String, Optional<Instant>> wakeAt = new LinkedHashMap<>();
        List<String> removedIds = new ArrayList<>(removed.size());
        for (Contact contact : removed) {
            if (!contacts.containsKey(contact.id())) {
                removedIds.add(contact.id());
                if (contact.toldToWakeAt != null) {
                    wakeAt.put(owner(contact), Optional.empty());
                }
            }
        }
        List<ContactState> contactStates = new ArrayList<>(changedContacts.size());
        for (Contact contact : changedContacts) {
            contact.changed = false;
            if (!contact.isRemoved) {
                contactStates.add(contact.state());
                Instant next = contact.state().wakeAt();
                if (!Objects.equals(next, contact.toldToWakeAt)) {
                    wakeAt.put(owner(contact), Optional.ofNullable(next));
                    contact.toldToWakeAt = next;
                }
            }
        }
        List<AgentState> agentStates = new ArrayList<>(changedAgents.size());
        for (Agent agent : changedAgents) {
            agent.changed = false;
            if (agents.get(agent.id()) == agent) {
                agentStates.add(agent.state());
            }
        }
        List<String> forgottenIds =
                forgotten.stream().filter(id -> !agents.containsKey(id)).toList();
        List<QueueState> queueStates = new ArrayList<>(changedQueues.size());
        for (Queue queue : changedQueues) {
            queue.changed = false;
            queueStates.add(queue.state);
            Instant next = queue.wakeAt();
            if (!Objects.equals(next, queue.toldToWakeAt)) {
                wakeAt.put(owner(queue), Optional.ofNullable(next));
                queue.toldToWakeAt = next;
            }
        }
        if (!Objects.equals(rulesEnd, toldRulesEnd)) {
            wakeAt.put(RULES, Optional.ofNullable(rulesEnd));
            toldRulesEnd = rulesEnd;
        }
        changedContacts.clear();
        changedAgents.clear();
        changedQueues.clear();
        removed.clear();
        forgotten.clear();
        return new Changes(
                clock, contactStates, agentStates, queueStates, removedIds, forgottenIds, wakeAt);
    }

    /** How many of a priority wait in a queue, those kept for their preferred agent included. */
    int waiting(Language language, Channel channel, Priority priority) {
        return queue(language, channel).waiting(priority);
    }

    /**
     * The place of a contact in its queue that no agent has taken, 1 for next; one that is offered
     * keeps its own.
     */
    OptionalInt position(String contactId) {
        Contact contact = contacts.get(contactId);
        return contact == null || contact.state().isTaken()
                ? OptionalInt.empty()
                : OptionalInt.of(contact.queue().line().countBefore(contact) + 1);
    }

    /** How long such a contact is likely to wait from now on; empty where nobody can tell. */
    Optional<Duration> expectedWait(String contactId) {
        Contact contact = contacts.get(contactId);
        return contact == null || contact.state().isTaken()
                ? Optional.empty()
                : Optional.ofNullable(contact.queue().expectedWait(contact));
    }

    /** All who wait in a queue, in order of service. Looks at each. */
    List<ContactState> queued(Language language, Channel channel) {
        return queue(language, channel).waiting().stream().sorted().map(Contact::state).toList();
    }

    /** When the oldest of those who wait in a queue was made. */
    Optional<Instant> oldest(Language language, Channel channel) {
        NavigableSet<Contact> waiting = queue(language, channel).waiting();
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.first().state().queued().queuedAt());
    }

    /** What an agent has, offers not counted, in order of service. */
    List<ContactState> taken(String agentId) {
        Agent agent = agents.get(agentId);
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
        return Optional.ofNullable(contacts.get(contactId)).map(Contact::state);
    }

    int agents(Presence presence) {
        return agentsByPresence[presence.ordinal()];
    }

    Occupancy occupancy() {
        return new Occupancy(taken, capacity);
    }
}
