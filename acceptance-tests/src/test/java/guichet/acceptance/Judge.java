package guichet.acceptance;

import guichet.events.ContactConverted;
import guichet.events.ContactQueued;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketCreated;
import guichet.schemas.Contract;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what is wrong with a desk's log, by recomputing from what went in what must have come out.
 */
final class Judge {

    /** What must become of a contact's clock, or of a conversation. */
    enum Verdict {
        YES,
        NO,
        /** The record that decides reached the broker too near the instant to tell. */
        EITHER
    }

    /**
     * What a contact that was accepted (201) must have come to.
     *
     * @param breached whether its first response came too late, or never
     * @param converted whether its conversation lasted too long
     */
    record Expected(String contactId, Verdict breached, Verdict converted) {}

    private final Map<Class<?>, Map<String, Long>> counts;
    private final List<DeskLog.Entry> entries;

    Judge(List<DeskLog.Entry> entries) {
        this.entries = entries;
        this.counts =
                entries.stream()
                        .map(DeskLog.Entry::event)
                        .collect(
                                Collectors.groupingBy(
                                        SpecificRecord::getClass,
                                        Collectors.groupingBy(
                                                Contract::keyOf, Collectors.counting())));
    }

    /** One sentence for each fault; empty for a log that is right. */
    List<String> faults(Collection<Expected> accepted) {
        List<String> faults = new ArrayList<>();
        Set<String> contacts = contacts();
        for (String contactId : contacts) {
            exactly(1, contactId, ContactQueued.class).ifPresent(faults::add);
            exactly(1, contactId, ResponseDueChanged.class).ifPresent(faults::add);
            long outcomes =
                    count(contactId, ResponseMet.class) + count(contactId, ResponseBreached.class);
            if (outcomes != 1) {
                faults.add(contactId + " has " + outcomes + " outcomes of its clock");
            }
            atMostOnce(contactId, ResponseDueSoon.class).ifPresent(faults::add);
            atMostOnce(contactId, ContactConverted.class).ifPresent(faults::add);
        }
        for (Expected expected : accepted) {
            String contactId = expected.contactId();
            if (!contacts.contains(contactId)) {
                faults.add(contactId + " was accepted and is not in the log");
            }
            check(contactId, ResponseBreached.class, expected.breached()).ifPresent(faults::add);
            check(contactId, ContactConverted.class, expected.converted()).ifPresent(faults::add);
        }
        faults.addAll(faultsOfConversions());
        return faults;
    }

    private List<String> faultsOfConversions() {
        Map<String, Long> tickets =
                entries.stream()
                        .map(DeskLog.Entry::event)
                        .filter(TicketCreated.class::isInstance)
                        .map(TicketCreated.class::cast)
                        .filter(ticket -> ticket.getConvertedFrom() != null)
                        .collect(
                                Collectors.groupingBy(
                                        ticket -> ticket.getConvertedFrom().getContactId(),
                                        Collectors.counting()));
        Map<String, Long> conversions = counts.getOrDefault(ContactConverted.class, Map.of());
        return tickets.equals(conversions)
                ? List.of()
                : List.of("conversions %s made tickets %s".formatted(conversions, tickets));
    }

    /** Every contact that began, on whatever channel. */
    private Set<String> contacts() {
        return entries.stream()
                .filter(entry -> isChannelTopic(entry.topic()))
                .filter(entry -> entry.event().getSchema().getField("customer") != null)
                .map(DeskLog.Entry::key)
                .collect(Collectors.toSet());
    }

    private Optional<String> check(
            String contactId, Class<? extends SpecificRecord> kind, Verdict verdict) {
        return switch (verdict) {
            case YES -> exactly(1, contactId, kind);
            case NO -> exactly(0, contactId, kind);
            case EITHER -> Optional.empty();
        };
    }

    private Optional<String> atMostOnce(String contactId, Class<? extends SpecificRecord> kind) {
        return count(contactId, kind) <= 1 ? Optional.empty() : exactly(1, contactId, kind);
    }

    private Optional<String> exactly(
            long wanted, String contactId, Class<? extends SpecificRecord> kind) {
        long found = count(contactId, kind);
        return found == wanted
                ? Optional.empty()
                : Optional.of(
                        "%s has %d %s, not %d"
                                .formatted(contactId, found, kind.getSimpleName(), wanted));
    }

    private long count(String contactId, Class<? extends SpecificRecord> kind) {
        return counts.getOrDefault(kind, Map.of()).getOrDefault(contactId, 0L);
    }

    private static boolean isChannelTopic(String name) {
        return Topics.CHANNEL_TOPICS.stream().anyMatch(topic -> topic.name().equals(name));
    }
}
