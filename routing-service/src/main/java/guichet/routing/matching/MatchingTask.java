package guichet.routing.matching;

import guichet.chassis.DeskTask;
import guichet.chassis.DeskTopology;
import guichet.chassis.StateSerde;
import guichet.deadlines.Deadline;
import guichet.deadlines.Deadlines;
import guichet.events.AgentSeen;
import guichet.events.AgentStatusChanged;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The desk's one matching engine on the log: what it is told stands in one partition, what it
 * decides commits together with what it keeps. A copy that takes over goes on from the stores.
 */
final class MatchingTask implements DeskTask {

    /** How long a question about the queues waits for the engine at most, when it is idle. */
    private static final Duration ANSWERS = Duration.ofMillis(50);

    private static final Duration MEASURES = Duration.ofSeconds(1);

    /** The store of contacts; who runs its only partition runs the engine. */
    static final String CONTACTS = "matching-contacts";

    static final String AGENTS = "matching-agents";
    static final String QUEUES = "matching-queues";
    private static final String TIMERS = "matching-timers";

    /** The engine wants to be told that an instant is reached. */
    private static final String WAKE = "wake";

    /** Nothing has been heard of an agent. */
    private static final String SILENT = "silent";

    /** An agent has been offline for long. */
    private static final String GONE = "gone";

    /**
     * Then an agent who is offline is forgotten: {@code support.agents} is not kept for longer
     * either. Far longer than any pause after a decline lasts.
     */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(90);

    /** A silence that is found so late was the desk's own: it heard nobody, or was not there. */
    private static final Duration DEAF = Duration.ofSeconds(2);

    private final Context context;
    private final SupportPolicy policy;
    private final Questions questions;
    private final MatchingMetrics metrics;
    private final KeyValueStore<String, KeptContact> contacts;
    private final KeyValueStore<String, KeptAgent> agents;
    private final KeyValueStore<String, KeptQueue> queues;
    private final Deadlines timers;
    private final MatchingEngine engine;
    private final Sayings sayings;

    /** Since when whoever speaks is heard; what agents said before may have come to nobody. */
    private Instant hearingSince;

    private MatchingTask(
            SupportPolicy policy, Questions questions, MatchingMetrics metrics, Context context) {
        this.context = context;
        this.policy = policy;
        this.questions = questions;
        this.metrics = metrics;
        this.contacts = context.store(CONTACTS);
        this.agents = context.store(AGENTS);
        this.queues = context.store(QUEUES);
        this.timers = context.deadlines(TIMERS, this::reached);
        this.sayings = new Sayings(context, policy.version());
        this.hearingSince = context.now();
        List<AgentState> known = all(agents, Kept::agent);
        List<QueueState> kept = all(queues, Kept::queue);
        this.engine =
                kept.isEmpty()
                        ? new MatchingEngine(policy.offerRules(), context.now())
                        : MatchingEngine.restored(
                                policy.offerRules(),
                                context.now(),
                                all(contacts, Kept::contact),
                                known,
                                kept);
        keep(engine.drainChanges());
        known.forEach(this::forgetLaterIfOffline);
        questions.open(this);
        context.every(ANSWERS, () -> questions.answer(engine));
        context.every(MEASURES, () -> metrics.measure(engine, context.now()));
    }

    static DeskTopology topology(
            String service, SupportPolicy policy, Questions questions, MatchingMetrics metrics) {
        Set<StoreBuilder<?>> stores = new HashSet<>(Deadlines.stores(TIMERS));
        stores.add(store(CONTACTS, KeptContact.class));
        stores.add(store(AGENTS, KeptAgent.class));
        stores.add(store(QUEUES, KeptQueue.class));
        List<Topic> outputs = new ArrayList<>(List.of(Topics.DESKTOPS));
        List.of("en", "pt", "es").forEach(tag -> outputs.add(Topics.assignments(tag)));
        return new DeskTopology(
                service,
                List.of(Topics.MATCHING, Topics.AGENTS),
                outputs,
                stores,
                context -> new MatchingTask(policy, questions, metrics, context));
    }

    @Override
    public void on(SpecificRecord event) {
        switch (event) {
            case AgentSeen seen -> heardOf(seen.getAgentId());
            case AgentStatusChanged changed -> heardOf(changed.getAgentId());
            default -> {}
        }
        Hearing.of(event).ifPresent(this::decide);
        questions.answer(engine);
    }

    private void heardOf(String agentId) {
        timers.schedule(agentId, SILENT, context.now().plus(offlineAfter()));
    }

    private Duration offlineAfter() {
        return policy.offerRules(context.now()).offlineAfter();
    }

    private void reached(Deadline deadline) {
        switch (deadline.kind()) {
            case WAKE -> decide(new Happening.TimeReached(deadline.owner()));
            case SILENT -> {
                if (deadline.due().plus(DEAF).isBefore(context.now())) {
                    hearingSince = context.now();
                }
                silent(deadline.owner());
            }
            case GONE -> gone(deadline.owner());
            default -> throw new IllegalStateException(deadline.kind());
        }
    }

    private void silent(String agentId) {
        KeptAgent kept = agents.get(agentId);
        if (kept == null || isOffline(kept)) {
            return;
        }
        Instant patience = hearingSince.plus(offlineAfter());
        if (context.now().isBefore(patience)) {
            timers.schedule(agentId, SILENT, patience);
            return;
        }
        Happening.StatusChanged last = Kept.agent(agentId, kept).status();
        sayings.offline(agentId, context.now(), offlineAfter());
        decide(
                new Happening.StatusChanged(
                        agentId, Presence.OFFLINE, last.languages(), last.capacity()));
    }

    /** They were offline before this was scheduled; where they came back and left, it was anew. */
    private void gone(String agentId) {
        decide(new Happening.LongOffline(agentId));
        KeptAgent kept = agents.get(agentId);
        if (kept != null && isOffline(kept)) {
            forgetLater(agentId);
        }
    }

    /**
     * Releases before this was scheduled left agents who were offline with nothing to wake them.
     */
    private void forgetLaterIfOffline(AgentState agent) {
        if (agent.presence() == Presence.OFFLINE && !timers.isScheduled(agent.agentId(), GONE)) {
            forgetLater(agent.agentId());
        }
    }

    private void forgetLater(String agentId) {
        timers.schedule(agentId, GONE, context.now().plus(FORGOTTEN_AFTER));
    }

    private static boolean isOffline(KeptAgent agent) {
        return agent.getPresence().equals(Presence.OFFLINE.name());
    }

    private void decide(Happening happening) {
        Instant now = context.now();
        if (engine.rulesAreOver(now)) {
            decide(new Happening.TimeReached(MatchingEngine.RULES), now);
        }
        decide(happening, now);
    }

    private void decide(Happening happening, Instant now) {
        List<Decision> decisions = engine.decide(happening, now);
        Changes changes = engine.drainChanges();
        if (!decisions.isEmpty()) {
            Map<String, ContactState> after =
                    changes.contacts().stream()
                            .collect(
                                    Collectors.toMap(ContactState::contactId, Function.identity()));
            for (Decision decision : decisions) {
                tell(decision, after.get(decision.contactId()), now);
            }
        }
        keep(changes);
    }

    private void tell(Decision decision, @Nullable ContactState after, Instant now) {
        String contactId = decision.contactId();
        ContactState before = contactId == null ? null : kept(contactId);
        sayings.say(decision, before, after, now);
        if (after != null) {
            metrics.count(decision, after);
        } else if (before != null) {
            metrics.count(decision, before);
        }
    }

    private @Nullable ContactState kept(String contactId) {
        KeptContact kept = contacts.get(contactId);
        return kept == null ? null : Kept.contact(contactId, kept);
    }

    private void keep(Changes changes) {
        changes.contacts().forEach(it -> contacts.put(it.contactId(), Kept.of(it)));
        changes.removedContacts().forEach(contacts::delete);
        changes.agents().forEach(this::keep);
        changes.forgottenAgents().forEach(agents::delete);
        changes.queues().forEach(it -> queues.put(Kept.key(it), Kept.of(it)));
        changes.wakeAt().forEach(this::wake);
    }

    private void keep(AgentState agent) {
        if (agent.presence() == Presence.OFFLINE) {
            KeptAgent before = agents.get(agent.agentId());
            if (before == null || !isOffline(before)) {
                forgetLater(agent.agentId());
            }
        }
        agents.put(agent.agentId(), Kept.of(agent));
    }

    private void wake(String owner, Optional<Instant> at) {
        at.ifPresentOrElse(
                instant -> timers.schedule(owner, WAKE, instant), () -> timers.cancel(owner, WAKE));
    }

    @Override
    public void close() {
        questions.close(this);
        metrics.clear();
    }

    private static <K, T> List<T> all(
            KeyValueStore<String, K> store, BiFunction<String, K, T> reading) {
        List<T> all = new ArrayList<>();
        try (KeyValueIterator<String, K> entries = store.all()) {
            entries.forEachRemaining(
                    (KeyValue<String, K> entry) -> all.add(reading.apply(entry.key, entry.value)));
        }
        return all;
    }

    private static <T extends SpecificRecord> StoreBuilder<?> store(String name, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), StateSerde.of(type));
    }
}
