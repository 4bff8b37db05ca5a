package guichet.localstack.console;

import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts over the events heard so far. Topics are heard in no common order, so an answer may come
 * before the queueing it belongs to. Knows the latest 100 000 contacts; older ones leave the counts
 * of what is open.
 */
final class Tally {

    private static final int CONTACTS_KNOWN = 100_000;

    /** The reasons of a release after which nobody waits. */
    private static final Set<String> ENDINGS = Set.of("ended", "withdrawn", "answered elsewhere");

    private static final class Contact {
        private @Nullable String queue;
        private boolean assigned;
        private boolean answered;
        private boolean over;
        private boolean hasTarget;
        private boolean settled;

        boolean waits() {
            return queue != null && !assigned && !answered && !over;
        }

        boolean hasOpenDeadline() {
            return hasTarget && !settled && !over;
        }
    }

    private final Map<String, Contact> contacts =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Contact> eldest) {
                    return size() > CONTACTS_KNOWN;
                }
            };
    private long dueSoon;
    private long breached;
    private long met;
    private long converted;
    private long deadLetters;

    void count(SpecificRecord event) {
        switch (event) {
            case ContactQueued e -> contact(e.getContactId()).queue = e.getLanguage();
            case ContactAssigned e -> contact(e.getContactId()).assigned = true;
            case ContactReleased e -> {
                contact(e.getContactId()).assigned = false;
                contact(e.getContactId()).over |= ENDINGS.contains(e.getReason());
            }
            case TicketAnswered e -> contact(e.getContactId()).answered = true;
            case ChatAnswered e -> contact(e.getContactId()).answered = true;
            case CallAnswered e -> contact(e.getContactId()).answered = true;
            case TicketSolved e -> contact(e.getContactId()).over = true;
            case ChatEnded e -> contact(e.getContactId()).over = true;
            case CallEnded e -> contact(e.getContactId()).over = true;
            case ResponseDueChanged e -> contact(e.getContactId()).hasTarget = true;
            case ResponseDueSoon e -> dueSoon++;
            case ResponseBreached e -> {
                contact(e.getContactId()).settled = true;
                breached++;
            }
            case ResponseMet e -> {
                contact(e.getContactId()).settled = true;
                met++;
            }
            case ContactConverted e -> converted++;
            default -> {}
        }
    }

    void countDeadLetter() {
        deadLetters++;
    }

    /** One line with all counts. */
    String status() {
        Map<String, Long> waiting =
                contacts.values().stream()
                        .filter(Contact::waits)
                        .collect(
                                Collectors.groupingBy(
                                        contact -> String.valueOf(contact.queue),
                                        TreeMap::new,
                                        Collectors.counting()));
        long open = contacts.values().stream().filter(Contact::hasOpenDeadline).count();
        return "waiting en %d pt %d es %d | open deadlines %d | due soon %d | breached %d | met %d"
                        .formatted(
                                waiting.getOrDefault("en", 0L),
                                waiting.getOrDefault("pt", 0L),
                                waiting.getOrDefault("es", 0L),
                                open,
                                dueSoon,
                                breached,
                                met)
                + " | converted %d | dead letters %d".formatted(converted, deadLetters);
    }

    private Contact contact(String id) {
        return contacts.computeIfAbsent(id, unseen -> new Contact());
    }
}
