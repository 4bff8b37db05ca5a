package guichet.sla.clocks;

import guichet.chassis.DeskTask;
import guichet.chassis.DeskTopology;
import guichet.chassis.NewContact;
import guichet.chassis.StateSerde;
import guichet.deadlines.Deadline;
import guichet.deadlines.Deadlines;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the response clocks of one partition's contacts. */
final class ClockTask implements DeskTask {

    /** A clock that has stopped is kept this long, so that a repeated event finds it. */
    private static final Duration MEMORY = Duration.ofDays(30);

    private static final String CLOCKS = "clocks";
    private static final String EARLY_ENDS = "early-ends";
    private static final String TIMERS = "timers";

    private static final String SOON = "soon";
    private static final String DUE = "due";
    private static final String FORGET = "forget";

    private final ResponseClocks rules;
    private final Context context;
    private final KeyValueStore<String, ResponseClock> clocks;
    private final KeyValueStore<String, EarlyEnd> earlyEnds;
    private final Deadlines timers;

    private ClockTask(ResponseClocks rules, Context context) {
        this.rules = rules;
        this.context = context;
        this.clocks = context.store(CLOCKS);
        this.earlyEnds = context.store(EARLY_ENDS);
        this.timers = context.deadlines(TIMERS, this::reached);
    }

    static DeskTopology topology(String service, SupportPolicy policy) {
        ResponseClocks rules = new ResponseClocks(policy);
        Set<StoreBuilder<?>> stores = new HashSet<>(Deadlines.stores(TIMERS));
        stores.add(store(CLOCKS, StateSerde.of(ResponseClock.class)));
        stores.add(store(EARLY_ENDS, StateSerde.of(EarlyEnd.class)));
        return new DeskTopology(
                service,
                Topics.CHANNEL_TOPICS,
                List.of(Topics.SLA),
                stores,
                context -> new ClockTask(rules, context));
    }

    @Override
    public void on(SpecificRecord event) {
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
        ResponseClocks.Step started = rules.start(contact);
        follow(id, started);
        EarlyEnd early = earlyEnds.delete(id);
        if (early != null) {
            follow(id, stop(id, started.clock(), early));
        }
    }

    private void ended(String id, Instant at, @Nullable String agentId) {
        EarlyEnd end = new EarlyEnd(at, agentId);
        ResponseClock clock = clocks.get(id);
        if (clock != null) {
            follow(id, stop(id, clock, end));
        } else {
            earlyEnds.put(id, EarlyEnds.first(earlyEnds.get(id), end));
            timers.schedule(id, FORGET, context.now().plus(MEMORY));
        }
    }

    private ResponseClocks.Step stop(String id, ResponseClock clock, EarlyEnd end) {
        String agentId = end.getAgentId();
        return agentId == null
                ? rules.end(id, clock, end.getAt())
                : rules.answer(id, clock, end.getAt(), agentId);
    }

    private void reached(Deadline deadline) {
        String id = deadline.owner();
        if (deadline.kind().equals(FORGET)) {
            clocks.delete(id);
            earlyEnds.delete(id);
            return;
        }
        ResponseClock clock = clocks.get(id);
        if (clock != null) {
            follow(id, rules.advance(id, clock, deadline.due()));
        }
    }

    private void follow(String id, ResponseClocks.Step step) {
        ResponseClock before = clocks.get(id);
        ResponseClock after = step.clock();
        if (after.equals(before)) {
            return;
        }
        clocks.put(id, after);
        for (ResponseClocks.Said said : step.says()) {
            context.emit(Topics.SLA, said.event(), said.when());
        }
        if (ResponseClocks.ticking(after)) {
            boolean warned = after.getState() == ClockState.WARNED;
            timers.schedule(id, warned ? DUE : SOON, warned ? after.getDue() : after.getDueSoon());
        } else {
            timers.cancel(id, SOON);
            timers.cancel(id, DUE);
            timers.schedule(id, FORGET, context.now().plus(MEMORY));
        }
    }

    private static <T> StoreBuilder<?> store(String name, Serde<T> serde) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), serde);
    }
}
