package guichet.routing.matching;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;

/** A contact at its place in the engine; in order of service. */
final class Contact implements Comparable<Contact> {

    /** Begins the owner of a contact's wake. */
    static final String OWNER = "contact:";

    /** The oldest first; never changes. */
    static final Comparator<Contact> BY_AGE =
            Comparator.<Contact, Instant>comparing(contact -> contact.queuedAt)
                    .thenComparing(contact -> contact.id);

    private final String id;
    private final Queue queue;
    private final Instant queuedAt;
    private ContactState state;
    private Instant rank;

    /** For whom it is kept while it waits; null when it waits for anyone. */
    @Nullable Agent keptFor;

    /** When it is to be woken, as told last; null for never. */
    @Nullable Instant toldToWakeAt;

    /** Whether it changed since its state was last handed out. */
    boolean changed;

    boolean isRemoved;

    Contact(ContactState state, Queue queue) {
        this.id = state.contactId();
        this.queue = queue;
        this.queuedAt = state.queued().queuedAt();
        this.state = state;
        this.rank = state.rank();
    }

    String id() {
        return id;
    }

    /** The owner of its wake, as in {@link Changes#wakeAt}. */
    String owner() {
        return OWNER + id;
    }

    Queue queue() {
        return queue;
    }

    ContactState state() {
        return state;
    }

    /** To be called while it stands in no line where its rank moves. */
    void become(ContactState next) {
        state = next;
        rank = next.rank();
    }

    /** Whether this agent declined it lately. */
    boolean isPausedFor(Agent agent) {
        return state.pausedUntil().containsKey(agent.id());
    }

    boolean wasPassedBy(Agent agent) {
        return agent.id().equals(state.passedBy());
    }

    /** The one that is served first; null for none of two that are not there. */
    static @Nullable Contact first(@Nullable Contact a, @Nullable Contact b) {
        return a == null || (b != null && b.compareTo(a) < 0) ? b : a;
    }

    @Override
    public int compareTo(Contact other) {
        int order = rank.compareTo(other.rank);
        if (order == 0) {
            order = queuedAt.compareTo(other.queuedAt);
        }
        return order == 0 ? id.compareTo(other.id) : order;
    }
}
