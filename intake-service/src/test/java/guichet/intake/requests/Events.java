package guichet.intake.requests;

import guichet.events.CallbackRequested;
import guichet.events.ChatStarted;
import guichet.events.ContactQueued;
import guichet.events.Customer;
import guichet.events.ErasureOrdered;
import guichet.events.Origin;
import guichet.events.Priority;
import guichet.events.ResponseDueChanged;
import guichet.events.TicketCreated;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Events as the tests need them. */
final class Events {

    static final Instant START = Instant.parse("2026-11-24T21:00:00Z");

    private Events() {}

    static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    static Customer customer(String id) {
        return Customer.newBuilder().setCustomerId(id).setEmail(id + "@example.com").build();
    }

    /** Of whoever has these pseudonyms. */
    static ErasureOrdered erasure(String id, int seconds, String... pseudonyms) {
        return new ErasureOrdered(id, at(seconds), List.of(pseudonyms), "supervisor-1");
    }

    static ChatStarted chat(String id, String customer, int seconds) {
        return ChatStarted.newBuilder()
                .setContactId(id)
                .setStartedAt(at(seconds))
                .setCustomer(customer(customer))
                .setQuestion("Where is the menu?")
                .build();
    }

    static CallbackRequested callback(String id, String customer, String number, int seconds) {
        return CallbackRequested.newBuilder()
                .setContactId(id)
                .setRequestedAt(at(seconds))
                .setCustomer(customer(customer))
                .setPhoneNumber(number)
                .build();
    }

    static TicketCreated ticket(String id, String customer, int seconds, String... copiedTo) {
        return ticket(id, customer, seconds, null, copiedTo);
    }

    static TicketCreated ticket(
            String id, String customer, int seconds, @Nullable Origin origin, String... copiedTo) {
        return TicketCreated.newBuilder()
                .setContactId(id)
                .setCreatedAt(at(seconds))
                .setCustomer(customer(customer))
                .setDescription("\n  The editor is blank.\nAlways.")
                .setCopiedTo(List.of(copiedTo))
                .setConvertedFrom(origin)
                .build();
    }

    static ResponseDueChanged due(String id, int seconds, @Nullable Instant before, Instant due) {
        return ResponseDueChanged.newBuilder()
                .setContactId(id)
                .setChangedAt(at(seconds))
                .setChannel(guichet.events.Channel.CHAT)
                .setLanguage("en")
                .setPreviousDue(before)
                .setDue(due)
                .setOpenMillis(1)
                .setPolicyVersion("v")
                .build();
    }

    /** A chat, in English. */
    static ContactQueued queued(String id) {
        return ContactQueued.newBuilder()
                .setContactId(id)
                .setQueuedAt(at(0))
                .setChannel(guichet.events.Channel.CHAT)
                .setLanguage("en")
                .setPriority(Priority.NORMAL)
                .setPolicyVersion("v")
                .build();
    }
}
