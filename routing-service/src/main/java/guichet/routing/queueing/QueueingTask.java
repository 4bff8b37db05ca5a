package guichet.routing.queueing;

import guichet.chassis.Announcements;
import guichet.chassis.DeskTask;
import guichet.chassis.DeskTopology;
import guichet.chassis.NewContact;
import guichet.chassis.StateSerde;
import guichet.chassis.Taking;
import guichet.deadlines.Deadline;
import guichet.deadlines.Deadlines;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.ResponseDueChanged;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.policy.OpeningHours;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
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
import java.util.Set;
import java.util.stream.Stream;

/**
 * Queues each contact once, however often it is announced, and passes on to the matching engine
 * what it must know of it. A channel that repeats a request repeats its contact id.
 */
final class QueueingTask implements DeskTask {

    /** A repetition that comes later than this is taken for a new contact. */
    private static final Duration MEMORY = Duration.ofDays(30);

    /** So soon chats and calls that wait for an opening heed another closure. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Contacts queued earlier that are looked at in a tick, whether they may be forgotten. */
    private static final int LOOKS_A_TICK = 500;

    private static final Duration NEXT_LOOK = Duration.ofDays(1);

    private static final String QUEUED = "queued";
    private static final String EARLY = "early-news";
    static final String CLOSED = "until-opening";
    private static final String TIMERS = "timers";

    private static final String FORGET = "forget";

    /** Why a contact leaves its queue, as the matching engine says it. */
    private static final String WITHDRAWN = "withdrawn";

    /** A chat or a call that came while its line was closed goes to the engine (C6). */
    private static final String OPENS = "opens";

    private final PresentHours hours;
    private final Context context;
    private final KeyValueStore<String, QueuedContact> queued;
    private final KeyValueStore<String, EarlyNews> early;
    private final KeyValueStore<String, ContactQueued> untilOpening;
    private final Deadlines timers;

    /** Whether those who wait for an opening were looked at since this task took them over. */
    private boolean haveLooked;

    /** Those before have been looked at, whether they may be forgotten. */
    private String lookedUntil = "";

    private QueueingTask(PresentHours hours, Context context) {
        this.hours = hours;
        this.context = context;
        this.queued = context.store(QUEUED);
        this.early = context.store(EARLY);
        this.untilOpening = context.store(CLOSED);
        this.timers = context.deadlines(TIMERS, this::reached);
        context.every(TICK, this::heedClosures);
        context.every(TICK, this::forget);
    }

    static DeskTopology topology(
            String service, SupportPolicy policy, Announcements announcements) {
        Set<StoreBuilder<?>> stores = new HashSet<>(Deadlines.stores(TIMERS));
        stores.add(store(QUEUED, QueuedContact.serde()));
        stores.add(store(EARLY, StateSerde.of(EarlyNews.class)));
        stores.add(store(CLOSED, StateSerde.of(ContactQueued.class)));
        List<Topic> inputs =
                Stream.concat(Topics.CHANNEL_TOPICS.stream(), Stream.of(Topics.SLA)).toList();
        return new DeskTopology(
                service,
                inputs,
                List.of(
                        Topics.assignments("en"),
                        Topics.assignments("pt"),
                        Topics.assignments("es"),
                        Topics.MATCHING),
                stores,
                context -> new QueueingTask(new PresentHours(policy, announcements), context));
    }

    @Override
    public void on(SpecificRecord event) {
        switch (event) {
            case TicketAnswered it -> answered(it, it.getAnsweredAt(), it.getAgentId());
            case ChatAnswered it -> answered(it, it.getAnsweredAt(), it.getAgentId());
            case CallAnswered it -> answered(it, it.getAnsweredAt(), it.getAgentId());
            case TicketSolved it -> ended(it, it.getSolvedAt());
            case ChatEnded it -> ended(it, it.getEndedAt());
            case CallEnded it -> ended(it, it.getEndedAt());
            case ResponseDueChanged it -> dueChanged(it);
            default ->
                    NewContact.of(event)
                            .filter(contact -> queued.get(contact.contactId()) == null)
                            .ifPresent(this::queue);
        }
    }

    private void queue(NewContact contact) {
        heedClosures();
        String id = contact.contactId();
        ContactQueued decision = Queueing.queue(contact, hours.policy());
        context.emit(Topics.assignments(decision.getLanguage()), decision, decision.getQueuedAt());
        queued.put(id, new QueuedContact(context.now(), decision.getDue()));
        EarlyNews news = Taking.from(early, id);
        if (news == null) {
            passOnWhenOpen(decision, decision.getQueuedAt());
        } else {
            timers.cancel(id, FORGET);
            passOn(news.getDue() == null ? decision : due(decision, news.getDue()), news);
        }
    }

    /** A contact begins of which something was read before. */
    private void passOn(ContactQueued contact, EarlyNews news) {
        if (news.getEndedAt() != null) {
            release(contact, news.getEndedAt());
        } else if (news.getAnsweredBy() != null) {
            context.emit(Topics.MATCHING, contact, contact.getQueuedAt());
            context.emit(Topics.MATCHING, answer(contact, news), news.getAnsweredAt());
        } else if (!news.getOver()) {
            passOnWhenOpen(contact, contact.getQueuedAt());
        }
    }

    private static SpecificRecord answer(ContactQueued contact, EarlyNews news) {
        String id = contact.getContactId();
        return switch (contact.getChannel()) {
            case WEB -> new TicketAnswered(id, news.getAnsweredAt(), news.getAnsweredBy());
            case CHAT -> new ChatAnswered(id, news.getAnsweredAt(), news.getAnsweredBy());
            case PHONE -> new CallAnswered(id, news.getAnsweredAt(), news.getAnsweredBy());
        };
    }

    /**
     * An agent has responded: whoever it is has the contact, and room for one less. The engine
     * hears of it also where the contact is not known here: it may be forgotten, and an agent still
     * have it.
     */
    private void answered(SpecificRecord event, Instant at, String agentId) {
        String id = Contract.keyOf(event);
        if (queued.get(id) == null) {
            EarlyNews.Builder news = news(id).setOver(true);
            if (news.getAnsweredBy() == null) {
                news.setAnsweredBy(agentId).setAnsweredAt(at);
            }
            keep(id, news.build());
        }
        ContactQueued waiting = takeFromClosed(id);
        if (waiting != null) {
            context.emit(Topics.MATCHING, waiting, at);
        }
        context.emit(Topics.MATCHING, event, at);
    }

    /** The contact is over, or its customer left; the engine hears of it as of an answer. */
    private void ended(SpecificRecord event, Instant at) {
        String id = Contract.keyOf(event);
        if (queued.get(id) == null) {
            keep(id, news(id).setOver(true).setEndedAt(at).build());
        }
        ContactQueued waiting = takeFromClosed(id);
        if (waiting == null) {
            context.emit(Topics.MATCHING, event, at);
        } else {
            release(waiting, at);
        }
    }

    /** A contact that waits for its line to open waits for that no more; null where it does not. */
    private @Nullable ContactQueued takeFromClosed(String id) {
        ContactQueued waiting = Taking.from(untilOpening, id);
        if (waiting != null) {
            timers.cancel(id, OPENS);
        }
        return waiting;
    }

    /** Of a contact that is over before the engine heard of it. */
    private void release(ContactQueued contact, Instant at) {
        context.emit(
                Topics.assignments(contact.getLanguage()),
                new ContactReleased(contact.getContactId(), null, at, WITHDRAWN),
                at);
    }

    /**
     * The monitor says of every contact when it is due, and says so again where that moves. What it
     * says first is mostly what the contact was queued with, unless one of us had not read of a
     * closure yet; then what the monitor says counts.
     */
    private void dueChanged(ResponseDueChanged changed) {
        String id = changed.getContactId();
        QueuedContact known = queued.get(id);
        if (known == null) {
            keep(id, news(id).setDue(changed.getDue()).build());
            return;
        }
        if (changed.getPreviousDue() == null && changed.getDue().equals(known.due())) {
            return;
        }
        ContactQueued waiting = untilOpening.get(id);
        if (waiting == null) {
            context.emit(Topics.MATCHING, changed, changed.getChangedAt());
        } else {
            untilOpening.put(id, due(waiting, changed.getDue()));
        }
    }

    private EarlyNews.Builder news(String id) {
        EarlyNews known = early.get(id);
        return known == null ? EarlyNews.newBuilder() : EarlyNews.newBuilder(known);
    }

    private void keep(String id, EarlyNews news) {
        early.put(id, news);
        timers.schedule(id, FORGET, context.now().plus(MEMORY));
    }

    private static ContactQueued due(ContactQueued contact, Instant due) {
        return ContactQueued.newBuilder(contact).setDue(due).build();
    }

    /** Tickets wait for an agent at any time, chats and calls while their line is open (C6). */
    private void passOnWhenOpen(ContactQueued contact, Instant at) {
        OpeningHours line = hours.of(contact);
        if (contact.getChannel() == guichet.events.Channel.WEB || line.isOpen(at)) {
            context.emit(Topics.MATCHING, contact, at);
        } else {
            untilOpening.put(contact.getContactId(), contact);
            timers.schedule(
                    contact.getContactId(),
                    OPENS,
                    line.nextOpening(at).orElseGet(() -> at.plus(NEXT_LOOK)));
        }
    }

    private void reached(Deadline deadline) {
        String id = deadline.owner();
        if (deadline.kind().equals(FORGET)) {
            Taking.from(early, id);
            return;
        }
        heedClosures();
        ContactQueued waiting = Taking.from(untilOpening, id);
        if (waiting != null) {
            passOnWhenOpen(waiting, deadline.due());
        }
    }

    /**
     * A closure that is called off lets those in who wait for its end, and the other way round.
     * What was announced before this task was there counts as well: whoever had the partition
     * before may not have heeded it. Called before each decision that depends on hours; where
     * nothing has changed it costs next to nothing.
     */
    private void heedClosures() {
        if (!hours.haveChanged() && haveLooked) {
            return;
        }
        haveLooked = true;
        List<ContactQueued> waiting = new ArrayList<>();
        try (KeyValueIterator<String, ContactQueued> all = untilOpening.all()) {
            all.forEachRemaining(
                    (KeyValue<String, ContactQueued> entry) -> waiting.add(entry.value));
        }
        for (ContactQueued contact : waiting) {
            untilOpening.delete(contact.getContactId());
            timers.cancel(contact.getContactId(), OPENS);
            // As of when it came: an opening that nobody was there to see has passed.
            passOnWhenOpen(contact, contact.getQueuedAt());
        }
    }

    /** Goes round all that was ever queued: a timer for each would cost two more writes. */
    private void forget() {
        Instant longAgo = context.now().minus(MEMORY);
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, QueuedContact> all = queued.range(lookedUntil, null)) {
            for (int looks = 0; looks < LOOKS_A_TICK && all.hasNext(); looks++) {
                KeyValue<String, QueuedContact> entry = all.next();
                // The least key after it.
                lookedUntil = entry.key + '\0';
                if (entry.value.at().isBefore(longAgo)) {
                    old.add(entry.key);
                }
            }
            if (!all.hasNext()) {
                lookedUntil = "";
            }
        }
        old.forEach(id -> queued.put(id, null));
    }

    private static <V> StoreBuilder<?> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }
}
