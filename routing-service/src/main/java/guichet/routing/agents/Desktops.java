package guichet.routing.agents;

import guichet.schemas.Contract;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands what the desk tells its agents to those who listen for them in this process: open streams,
 * and calls that wait for a verdict. Listeners are called one at a time and must not wait.
 */
final class Desktops {

    /** Someone who listens for one agent. */
    interface Listener {

        /** Something was told to the agent. */
        void on(Told told);

        /** Nothing more will come. */
        void end();
    }

    /**
     * A listener's place.
     *
     * @param from the listener is handed everything from this offset on, and nothing before it
     */
    record Place(long from, Runnable leaving) implements AutoCloseable {

        @Override
        public void close() {
            leaving.run();
        }
    }

    private final Map<String, Set<Listener>> listeners = new HashMap<>();
    private final TakenContacts taken = new TakenContacts();
    private long next;
    private boolean closed;

    /** Listens for an agent until the place is closed. */
    synchronized Place listen(String agentId, Listener listener) {
        if (closed) {
            listener.end();
        }
        listeners.computeIfAbsent(agentId, _ -> new LinkedHashSet<>()).add(listener);
        return new Place(next, () -> leave(agentId, listener));
    }

    /** The record at that offset, the next in line. */
    synchronized void hand(Told told) {
        String agentId = Contract.keyOf(told.event());
        taken.on(told.event());
        listeners.getOrDefault(agentId, Set.of()).forEach(listener -> listener.on(told));
        next = told.offset() + 1;
    }

    /** All before this offset has been handed on, or was for nobody. */
    synchronized void reached(long offset) {
        next = offset;
    }

    /** The line goes on elsewhere: whoever listened must begin anew. */
    synchronized void beginAt(long offset) {
        endAll();
        taken.forget();
        next = offset;
    }

    /** Who was told last that a contact is theirs; empty where that was not handed on here. */
    Optional<HeldContact> taken(String contactId) {
        return taken.find(contactId);
    }

    /** Where the line goes on. */
    synchronized long next() {
        return next;
    }

    /** Before the web server waits for its requests to end: a stream would not. */
    @EventListener(ContextClosedEvent.class)
    synchronized void close() {
        closed = true;
        endAll();
    }

    private void endAll() {
        listeners.values().stream().flatMap(Set::stream).forEach(Listener::end);
    }

    private synchronized void leave(String agentId, Listener listener) {
        Set<Listener> ofAgent = listeners.get(agentId);
        if (ofAgent != null && ofAgent.remove(listener) && ofAgent.isEmpty()) {
            listeners.remove(agentId);
        }
    }
}
