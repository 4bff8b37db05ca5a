package guichet.sla.clocks;

import guichet.chassis.Announcements;
import guichet.chassis.DeskTask;
import guichet.chassis.DeskTopology;
import guichet.chassis.NewContact;
import guichet.chassis.StateSerde;
import guichet.chassis.Taking;
import guichet.chassis.Wordless;
import guichet.deadlines.Deadline;
import guichet.deadlines.Deadlines;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;
import guichet.sla.clocks.ResponseClocks.Step;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the response clocks of one partition's contacts. */
final class ClockTask implements DeskTask {

    private static final Logger log = LoggerFactory.getLogger(ClockTask.class);

    /** A clock that has stopped is kept this long, so that a repeated event finds it. */
    private static final Duration MEMORY = Duration.ofDays(30);

    private static final Duration TICK = Duration.ofMillis(100);

    /**
     * How much of a walk is done in one tick; bounds how long timers wait for it.
     *
     * @param clocks running ones, at most
     * @param time where it is over, the tick ends with the clock that is being moved on
     */
    record Pace(int clocks, Duration time) {

        static Pace standard() {
            return new Pace(250, Duration.ofMillis(20));
        }
    }

    /** Most clocks that are kept have stopped, and are stepped over within bounds. */
    private static final int LOOKS_A_CLOCK = 20;

    private static final String CLOCKS = "clocks";
    private static final String EARLY_ENDS = "early-ends";
    private static final String CHANGES = "policy-changes";
    private static final String TIMERS = "timers";

    private static final String SOON = "soon";
    private static final String DUE = "due";

    /** Rules changed since the contact began; heeded once all that was recorded before is known. */
    private static final String RULES = "rules";

    private static final String FORGET = "forget";

    private final Announcements announcements;
    private final PolicyHistory history;
    private final ResponseClocks rules;
    private final Context context;
    private final KeyValueStore<String, ResponseClock> clocks;
    private final KeyValueStore<String, EarlyEnd> earlyEnds;
    private final KeyValueStore<Long, PolicyChange> changes;
    private final Deadlines timers;

    private final Pace pace;
    private final ClockMetrics metrics;
    private final Census census;
    private @Nullable Walk walk;
    private long walkedFor = -1;

    private ClockTask(
            SupportPolicy policy,
            Announcements announcements,
            ClockMetrics metrics,
            Pace pace,
            Context context) {
        this.pace = pace;
        this.metrics = metrics;
        this.census = new Census(metrics);
        this.announcements = announcements;
        this.context = context;
        this.clocks = context.store(CLOCKS);
        this.earlyEnds = context.store(EARLY_ENDS);
        this.changes = context.store(CHANGES);
        this.history = new PolicyHistory(policy, kept(changes), metrics::laidOut);
        this.rules = new ResponseClocks(history);
        this.timers = context.deadlines(TIMERS, this::reached);
        context.every(TICK, this::keepUp);
    }

    static DeskTopology topology(
            String service,
            SupportPolicy policy,
            Announcements announcements,
            ClockMetrics metrics) {
        return topology(service, policy, announcements, metrics, Pace.standard());
    }

    static DeskTopology topology(
            String service,
            SupportPolicy policy,
            Announcements announcements,
            ClockMetrics metrics,
            Pace pace) {
        Set<StoreBuilder<?>> stores = new HashSet<>(Deadlines.stores(TIMERS));
        stores.add(store(CLOCKS, Serdes.String(), StateSerde.of(ResponseClock.class)));
        stores.add(store(EARLY_ENDS, Serdes.String(), StateSerde.of(EarlyEnd.class)));
        stores.add(store(CHANGES, Serdes.Long(), StateSerde.of(PolicyChange.class)));
        return new DeskTopology(
                service,
                Topics.CHANNEL_TOPICS,
                List.of(Topics.SLA),
                stores,
                context -> new ClockTask(policy, announcements, metrics, pace, context));
    }

    private static List<PolicyChange> kept(KeyValueStore<Long, PolicyChange> changes) {
        List<PolicyChange> kept = new ArrayList<>();
        try (KeyValueIterator<Long, PolicyChange> all = changes.all()) {
            all.forEachRemaining(change -> kept.add(change.value));
        }
        return kept;
    }

    @Override
    public void on(SpecificRecord event) {
        heed();
        switch (event) {
            case TicketAnswered it -> ended(it.getContactId(), it.getAnsweredAt(), it.getAgentId());
            case ChatAnswered it -> ended(it.getContactId(), it.getAnsweredAt(), it.getAgentId());
            case CallAnswered it -> ended(it.getContactId(), it.getAnsweredAt(), it.getAgentId());
            case TicketSolved it -> ended(it.getContactId(), it.getSolvedAt(), null);
            case ChatEnded it -> ended(it.getContactId(), it.getEndedAt(), null);
            case CallEnded it -> ended(it.getContactId(), it.getEndedAt(), null);
            default -> NewContact.of(event).ifPresent(this::began);
        }
    }

    private void began(NewContact contact) {
        String id = contact.contactId();
        if (clocks.get(id) != null) {
            return;
        }
        Step started = rules.start(contact);
        follow(id, null, started);
        heedEarlyEnd(id, started.clock());
    }

    private void ended(String id, Instant at, @Nullable String agentId) {
        ResponseClock clock = clocks.get(id);
        EarlyEnd end = new EarlyEnd(at, agentId);
        if (clock == null) {
            keep(id, end);
            timers.schedule(id, FORGET, context.now().plus(MEMORY));
        } else {
            ended(id, clock, end);
        }
    }

    /** One at or after due changes nothing, unless a closure is yet to be read that moves due. */
    private void ended(String id, ResponseClock clock, EarlyEnd end) {
        Step step = stop(id, clock, end);
        follow(id, clock, step);
        if (ResponseClocks.ticking(step.clock())) {
            keep(id, end);
        }
    }

    private void keep(String id, EarlyEnd end) {
        earlyEnds.put(id, EarlyEnds.first(earlyEnds.get(id), end));
    }

    private void heedEarlyEnd(String id, ResponseClock clock) {
        EarlyEnd early = Taking.from(earlyEnds, id);
        if (early != null) {
            ended(id, clock, early);
        }
    }

    private Step stop(String id, ResponseClock clock, EarlyEnd end) {
        String agentId = end.getAgentId();
        return agentId == null
                ? rules.end(id, clock, end.getAt())
                : rules.answer(id, clock, end.getAt(), agentId);
    }

    private void heed() {
        history.heed(announcements.board(), context.now())
                .forEach(change -> changes.put(change.getNumber(), change));
    }

    /**
     * Brings the open clocks up to date with changed rules, some at a time; not before all that was
     * recorded earlier than the change is known, for an answer may be among it.
     */
    private void keepUp() {
        heed();
        if (walk == null
                && walkedFor < history.newest()
                && !context.knownUntil().isBefore(history.version(history.newest()).since())) {
            walk = new Walk(history.newest());
        }
        if (walk != null && walk.goOn()) {
            if (!walk.again) {
                walkedFor = walk.upTo;
            }
            walk = null;
            census.completed();
        }
    }

    /** One walk over all clocks, the first when the task is opened. */
    private final class Walk {

        private final long upTo;
        private String next = "";

        /** It has left clocks with more changes than are heeded at a time. */
        private boolean again;

        Walk(long upTo) {
            this.upTo = upTo;
        }

        /** True when it has seen all. */
        boolean goOn() {
            Look look = look();
            long began = System.nanoTime();
            for (KeyValue<String, ResponseClock> running : look.running()) {
                census.counts(running.key, running.value);
                next = after(running.key);
                if (retime(running.key, running.value)
                        && System.nanoTime() - began >= pace.time().toNanos()) {
                    return false;
                }
            }
            if (look.last() != null) {
                census.passes(look.last());
                next = after(look.last());
            }
            return look.atEnd();
        }

        /**
         * As with timers: one contact for all to see, rather than a partition that stands.
         *
         * @return whether there was anything to heed
         */
        private boolean retime(String id, ResponseClock clock) {
            try {
                Step step = rules.retime(id, clock);
                again |= rules.nextChange(step.clock()).isPresent();
                follow(id, clock, step, true);
                return step.clock().getHeeds() != clock.getHeeds();
            } catch (KafkaException notTheClocksFault) {
                throw notTheClocksFault;
            } catch (RuntimeException defect) {
                log.atError()
                        .addKeyValue("contact.id", id)
                        .setCause(Wordless.of(defect))
                        .log("cannot re-time a clock");
                return true;
            }
        }

        private Look look() {
            List<KeyValue<String, ResponseClock>> running = new ArrayList<>();
            String last = null;
            int looks = pace.clocks() * LOOKS_A_CLOCK;
            try (KeyValueIterator<String, ResponseClock> from = clocks.range(next, null)) {
                while (from.hasNext() && looks-- > 0 && running.size() < pace.clocks()) {
                    KeyValue<String, ResponseClock> seen = from.next();
                    last = seen.key;
                    if (ResponseClocks.ticking(seen.value)) {
                        running.add(seen);
                    }
                }
                return new Look(running, last, !from.hasNext());
            }
        }

        /** The least key that is. */
        private static String after(String id) {
            return id + '\0';
        }
    }

    /**
     * What a walk has come to.
     *
     * @param last looked at, running or not; null where nothing was left
     */
    private record Look(
            List<KeyValue<String, ResponseClock>> running, @Nullable String last, boolean atEnd) {}

    private void reached(Deadline deadline) {
        heed();
        String id = deadline.owner();
        if (deadline.kind().equals(FORGET)) {
            Taking.from(clocks, id);
            Taking.from(earlyEnds, id);
            return;
        }
        ResponseClock clock = clocks.get(id);
        if (clock != null) {
            follow(id, clock, rules.reached(id, clock, deadline.due()));
        }
    }

    private void follow(String id, @Nullable ResponseClock before, Step step) {
        follow(id, before, step, false);
    }

    /**
     * @param onWalk another walk takes it to what it has yet to heed; it needs no deadline for that
     */
    private void follow(String id, @Nullable ResponseClock before, Step step, boolean onWalk) {
        ResponseClock after = step.clock();
        if (after.equals(before)) {
            return;
        }
        clocks.put(id, after);
        census.changed(id, before, after);
        for (ResponseClocks.Said said : step.says()) {
            context.emit(Topics.SLA, said.event(), said.when());
            count(said.event(), after);
        }
        if (after.getState() == ClockState.WITHDRAWN) {
            metrics.withdrawn(after);
        }
        if (ResponseClocks.ticking(after)) {
            boolean warned = after.getState() == ClockState.WARNED;
            if (!warned && before != null && before.getState() == ClockState.WARNED) {
                timers.cancel(id, DUE);
            }
            timers.schedule(id, warned ? DUE : SOON, warned ? after.getDue() : after.getDueSoon());
            if (!onWalk) {
                rules.nextChange(after).ifPresent(at -> timers.schedule(id, RULES, at));
            }
            if (before != null && after.getDue().isAfter(before.getDue())) {
                heedEarlyEnd(id, after);
            }
        } else {
            timers.cancel(id, SOON);
            timers.cancel(id, DUE);
            timers.schedule(id, FORGET, context.now().plus(MEMORY));
        }
    }

    private void count(SpecificRecord said, ResponseClock clock) {
        switch (said) {
            case ResponseDueSoon warning -> metrics.dueSoon(clock);
            case ResponseMet met -> metrics.met(clock);
            case ResponseBreached breach -> metrics.breached(clock);
            case ResponseDueChanged moved when moved.getPreviousDue() != null ->
                    metrics.retimed(clock);
            default -> {}
        }
    }

    @Override
    public void close() {
        census.close();
    }

    private static <K, V> StoreBuilder<?> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
    }
}
