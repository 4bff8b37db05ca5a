package guichet.chassis;

import guichet.chassis.traces.MessageSpan;
import guichet.chassis.traces.MessageSpans;
import guichet.chassis.traces.Traceparent;
import guichet.events.CallbackRequested;
import guichet.events.ChatStarted;
import guichet.events.ContactQueued;
import guichet.events.TicketCreated;
import guichet.schemas.Contract;
import guichet.schemas.Topic;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;

/**
 * Which trace each event of one partition belongs to. What is said of a contact belongs to the
 * trace in which the contact began, whenever it is said and whatever led to it; else an event
 * belongs where what led to it does.
 *
 * <p>Only traces that are sampled are kept in mind, so that a desk whose traces nobody records does
 * nothing for them here.
 */
final class ContactTraces {

    /** What is said of a contact later than that is in no trace of its own. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final Set<Class<?>> BEGINNINGS =
            Set.of(
                    TicketCreated.class,
                    ChatStarted.class,
                    CallbackRequested.class,
                    ContactQueued.class);

    private final MessageSpans spans;
    private final String service;
    private final WindowStore<String, byte[]> begun;
    private boolean keepsAny;
    private @Nullable Traceparent here;

    /**
     * @param begun where contacts began; see {@link #store}
     */
    ContactTraces(MessageSpans spans, String service, WindowStore<String, byte[]> begun) {
        this.spans = spans;
        this.service = service;
        this.begun = begun;
        try (var all = begun.all()) {
            this.keepsAny = all.hasNext();
        }
    }

    /**
     * A window store: it forgets by time, a segment at once, and has no file before its first
     * entry.
     */
    static StoreBuilder<?> store(String name) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(name, KEPT, Duration.ofMillis(1), false),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withCachingDisabled();
    }

    /**
     * A record is read; what is written from now on follows from it.
     *
     * @return the span to be closed afterwards; null for none
     */
    @Nullable MessageSpan read(Headers headers, RecordMetadata origin) {
        Traceparent named = Traceparent.of(headers);
        MessageSpan span = spans.read(named, origin, service);
        here = span == null ? named : span.place();
        return span;
    }

    /** The record is this event, which may be the beginning of a contact. */
    void isRead(SpecificRecord event, long now) {
        if (here == null || !here.isSampled() || !BEGINNINGS.contains(event.getClass())) {
            return;
        }
        String contactId = Contract.keyOf(event);
        if (of(contactId) == null) {
            begun.put(contactId, here.value(), now);
            keepsAny = true;
        }
    }

    /**
     * The time has come for something about a contact; what is written from now on follows from it.
     */
    void reached(String contactId) {
        here = of(contactId);
    }

    /** What is written from now on follows from nothing in particular. */
    void over() {
        here = null;
    }

    /** The trace of what is being done; null for none. */
    @Nullable String id() {
        return here == null ? null : here.traceId();
    }

    /**
     * An event is written; its record is told where it belongs.
     *
     * @return the span to be closed when it has been handed over; null for none
     */
    @Nullable MessageSpan write(Topic topic, SpecificRecord event, Headers headers) {
        Traceparent contacts = keepsAny ? ofContact(event) : null;
        Traceparent parent =
                contacts == null || here != null && here.isOfTrace(contacts) ? here : contacts;
        if (parent == null) {
            return null;
        }
        MessageSpan span =
                spans.write(
                        parent,
                        parent == here ? null : here,
                        topic.name(),
                        Contract.keyOf(event),
                        event.getSchema().getFullName());
        (span == null ? parent : span.place()).addTo(headers);
        return span;
    }

    private @Nullable Traceparent ofContact(SpecificRecord event) {
        Schema.Field contactId = event.getSchema().getField("contactId");
        return contactId == null ? null : of((String) event.get(contactId.pos()));
    }

    private @Nullable Traceparent of(String contactId) {
        if (!keepsAny) {
            return null;
        }
        try (WindowStoreIterator<byte[]> entries = begun.fetch(contactId, 0, Long.MAX_VALUE)) {
            return entries.hasNext() ? Traceparent.of(entries.next().value) : null;
        }
    }
}
