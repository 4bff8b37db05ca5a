package guichet.routing.queueing;

import guichet.chassis.DeskTask;
import guichet.chassis.DeskTopology;
import guichet.chassis.NewContact;
import guichet.deadlines.Deadlines;
import guichet.events.ContactQueued;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Queues each contact once, however often it is announced: a channel that repeats a request repeats
 * its contact id.
 */
final class QueueingTask implements DeskTask {

    /** A repetition that comes later than this is taken for a new contact. */
    private static final Duration MEMORY = Duration.ofDays(30);

    private static final String QUEUED = "queued";
    private static final String TIMERS = "timers";
    private static final String FORGET = "forget";

    private final Queueing queueing;
    private final Context context;
    private final KeyValueStore<String, Long> queued;
    private final Deadlines timers;

    private QueueingTask(Queueing queueing, Context context) {
        this.queueing = queueing;
        this.context = context;
        this.queued = context.store(QUEUED);
        this.timers = context.deadlines(TIMERS, deadline -> queued.delete(deadline.owner()));
    }

    static DeskTopology topology(String service, SupportPolicy policy) {
        Queueing queueing = new Queueing(policy);
        Set<StoreBuilder<?>> stores = new HashSet<>(Deadlines.stores(TIMERS));
        stores.add(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(QUEUED), Serdes.String(), Serdes.Long()));
        return new DeskTopology(
                service,
                Topics.CHANNEL_TOPICS,
                List.of(
                        Topics.assignments("en"),
                        Topics.assignments("pt"),
                        Topics.assignments("es")),
                stores,
                context -> new QueueingTask(queueing, context));
    }

    @Override
    public void on(SpecificRecord event) {
        NewContact.of(event)
                .filter(contact -> queued.get(contact.contactId()) == null)
                .ifPresent(this::queue);
    }

    private void queue(NewContact contact) {
        ContactQueued decision = queueing.queue(contact);
        context.emit(Topics.assignments(decision.getLanguage()), decision, decision.getQueuedAt());
        queued.put(contact.contactId(), contact.createdAt().toEpochMilli());
        timers.schedule(contact.contactId(), FORGET, context.now().plus(MEMORY));
    }
}
