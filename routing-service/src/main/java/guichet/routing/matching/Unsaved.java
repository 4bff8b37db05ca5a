package guichet.routing.matching;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** What became different since it was handed out last, in the order in which it first did. */
final class Unsaved {

    private final List<Contact> contacts = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();
    private final List<Queue> queues = new ArrayList<>();
    private final List<Contact> removed = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();

    /** The end of the rules, as told last; null for never. */
    private @Nullable Instant toldRulesEnd;

    void touch(Contact contact) {
        if (!contact.changed) {
            contact.changed = true;
            contacts.add(contact);
        }
    }

    void touch(Agent agent) {
        if (!agent.changed) {
            agent.changed = true;
            agents.add(agent);
        }
    }

    void touch(Queue queue) {
        if (!queue.changed) {
            queue.changed = true;
            queues.add(queue);
        }
    }

    void remove(Contact contact) {
        contact.isRemoved = true;
        removed.add(contact);
    }

    void forget(Agent agent) {
        agent.isForgotten = true;
        forgotten.add(agent.id());
    }

    /** The wake it was promised is spent; what it wants next is told, be it the same. */
    void woken(Contact contact) {
        contact.toldToWakeAt = null;
        touch(contact);
    }

    /** The wake it was promised is spent; what it wants next is told, be it the same. */
    void woken(Queue queue) {
        queue.toldToWakeAt = null;
        touch(queue);
    }

    /** The wake for other rules is spent; the next one is told, be it the same. */
    void wokenForRules() {
        toldRulesEnd = null;
    }

    /**
     * All of it, which then counts as saved.
     *
     * @param rulesEnd until when the rules are heeded; null for ever
     * @param isContact whether there is a contact of an id, which may have come again
     * @param isAgent whether there is an agent of an id, who may have come again
     */
    Changes drain(
            Instant clock,
            @Nullable Instant rulesEnd,
            Predicate<String> isContact,
            Predicate<String> isAgent) {
        Map<String, Optional<Instant>> wakeAt = new LinkedHashMap<>();
        List<String> removedIds = drainRemoved(isContact, wakeAt);
        List<ContactState> contactStates = drainContacts(wakeAt);
        List<AgentState> agentStates = drainAgents();
        List<String> forgottenIds = drainForgotten(isAgent);
        List<QueueState> queueStates = drainQueues(wakeAt);
        if (!Objects.equals(rulesEnd, toldRulesEnd)) {
            wakeAt.put(Editions.OWNER, Optional.ofNullable(rulesEnd));
            toldRulesEnd = rulesEnd;
        }
        return new Changes(
                clock, contactStates, agentStates, queueStates, removedIds, forgottenIds, wakeAt);
    }

    private List<String> drainRemoved(
            Predicate<String> isContact, Map<String, Optional<Instant>> wakeAt) {
        List<String> ids = new ArrayList<>(removed.size());
        for (Contact contact : removed) {
            if (!isContact.test(contact.id())) {
                ids.add(contact.id());
                if (contact.toldToWakeAt != null) {
                    wakeAt.put(contact.owner(), Optional.empty());
                }
            }
        }
        removed.clear();
        return ids;
    }

    private List<ContactState> drainContacts(Map<String, Optional<Instant>> wakeAt) {
        List<ContactState> states = new ArrayList<>(contacts.size());
        for (Contact contact : contacts) {
            contact.changed = false;
            if (!contact.isRemoved) {
                states.add(contact.state());
                Instant next = contact.state().wakeAt();
                if (!Objects.equals(next, contact.toldToWakeAt)) {
                    wakeAt.put(contact.owner(), Optional.ofNullable(next));
                    contact.toldToWakeAt = next;
                }
            }
        }
        contacts.clear();
        return states;
    }

    private List<AgentState> drainAgents() {
        List<AgentState> states = new ArrayList<>(agents.size());
        for (Agent agent : agents) {
            agent.changed = false;
            if (!agent.isForgotten) {
                states.add(agent.state());
            }
        }
        agents.clear();
        return states;
    }

    private List<String> drainForgotten(Predicate<String> isAgent) {
        List<String> ids = forgotten.stream().filter(isAgent.negate()).toList();
        forgotten.clear();
        return ids;
    }

    private List<QueueState> drainQueues(Map<String, Optional<Instant>> wakeAt) {
        List<QueueState> states = new ArrayList<>(queues.size());
        for (Queue queue : queues) {
            queue.changed = false;
            states.add(queue.state);
            Instant next = queue.wakeAt();
            if (!Objects.equals(next, queue.toldToWakeAt)) {
                wakeAt.put(queue.owner(), Optional.ofNullable(next));
                queue.toldToWakeAt = next;
            }
        }
        queues.clear();
        return states;
    }
}
