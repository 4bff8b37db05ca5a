package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Priority;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What the engine is told. Repeated or about unknown ids, it changes nothing. */
sealed interface Happening {

    /**
     * A contact joined its queue.
     *
     * @param due when the first response is due; null without a target (S2)
     * @param preferredAgent to be asked first; null when any will do
     */
    record Queued(
            String contactId,
            Language language,
            Channel channel,
            Priority priority,
            Instant queuedAt,
            @Nullable Instant due,
            Duration headStart,
            @Nullable String preferredAgent)
            implements Happening {}

    /** The first response is due at another instant. */
    record DueMoved(String contactId, Instant due) implements Happening {}

    /** An agent answered, whether or not the contact was assigned to them. */
    record Answered(String contactId, String agentId) implements Happening {}

    /** The contact is over, or its customer left. */
    record Ended(String contactId) implements Happening {}

    /**
     * What an agent says of themselves.
     *
     * @param languages those they work in, best first
     * @param capacity how many contacts of a channel they hold at once; none where missing
     */
    record StatusChanged(
            String agentId,
            Presence presence,
            List<Language> languages,
            Map<Channel, Integer> capacity)
            implements Happening {

        public StatusChanged {
            languages = List.copyOf(new LinkedHashSet<>(languages));
            EnumMap<Channel, Integer> sorted = new EnumMap<>(Channel.class);
            sorted.putAll(capacity);
            sorted.values().removeIf(contacts -> contacts <= 0);
            capacity = Collections.unmodifiableMap(sorted);
        }
    }

    /**
     * An agent has been offline for so long that they are forgotten, unless they have a contact.
     * Every pause that a decline of theirs began is over, and that has been told.
     */
    record LongOffline(String agentId) implements Happening {}

    /** An agent takes an offer. */
    record Accepted(String agentId, String offerId, String contactId) implements Happening {}

    /** An agent lets an offer go on purpose. */
    record Declined(String agentId, String offerId, String contactId) implements Happening {}

    /**
     * An instant is reached at which something of this owner was to happen, and all that was
     * recorded before it has been told.
     *
     * @param owner as in {@link Changes#wakeAt}
     */
    record TimeReached(String owner) implements Happening {}
}
