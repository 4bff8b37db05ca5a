package guichet.acceptance;

import guichet.events.ContactConverted;
import guichet.events.ResponseBreached;
import guichet.schemas.Contract;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a contact that was accepted (201) must have come to, as those know who were there. What can
 * be told from the log itself is the {@link guichet.judge.Judge}'s to say.
 *
 * @param breached whether its first response came too late, or never
 * @param converted whether its conversation lasted too long
 * @param late how long it took at most until the broker had what happened to it
 */
record Expected(String contactId, Wanted breached, Wanted converted, Duration late) {

    /** What must become of a contact's clock, or of a conversation. */
    enum Wanted {
        YES,
        NO,
        /** The record that decides reached the broker too near the instant to tell. */
        EITHER
    }

    /**
     * For each contact that is lost, or became something else, what is wrong and what was logged.
     */
    static List<String> unmet(Collection<Expected> accepted, List<DeskLog.Entry> log) {
        Set<String> begun = begun(log);
        Set<String> breached = contactsOf(ResponseBreached.class, log);
        Set<String> converted = contactsOf(ContactConverted.class, log);
        List<String> unmet = new ArrayList<>();
        for (Expected expected : accepted) {
            String id = expected.contactId();
            if (!begun.contains(id)) {
                unmet.add(id + " was accepted and is not in the log");
            }
            unmet(expected.breached(), breached.contains(id))
                    .ifPresent(is -> unmet.add(id + is + "breached: " + story(id, log)));
            unmet(expected.converted(), converted.contains(id))
                    .ifPresent(is -> unmet.add(id + is + "converted: " + story(id, log)));
        }
        return unmet;
    }

    private static List<DeskLog.Entry> story(String id, List<DeskLog.Entry> log) {
        return log.stream().filter(entry -> entry.key().equals(id)).toList();
    }

    /** Ids of the contacts that began on the log. */
    static Set<String> begun(List<DeskLog.Entry> log) {
        return log.stream()
                .filter(entry -> isChannelTopic(entry.topic()))
                .filter(entry -> entry.event().getSchema().getField("customer") != null)
                .map(DeskLog.Entry::key)
                .collect(Collectors.toSet());
    }

    private static Optional<String> unmet(Wanted wanted, boolean found) {
        return switch (wanted) {
            case YES -> found ? Optional.empty() : Optional.of(" is not ");
            case NO -> found ? Optional.of(" is ") : Optional.empty();
            case EITHER -> Optional.empty();
        };
    }

    private static Set<String> contactsOf(
            Class<? extends SpecificRecord> kind, List<DeskLog.Entry> log) {
        return log.stream()
                .map(DeskLog.Entry::event)
                .filter(kind::isInstance)
                .map(Contract::keyOf)
                .collect(Collectors.toSet());
    }

    private static boolean isChannelTopic(String name) {
        return Topics.CHANNEL_TOPICS.stream().anyMatch(topic -> topic.name().equals(name));
    }
}
