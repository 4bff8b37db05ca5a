package guichet.routing.matching;

import guichet.policy.Channel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The contacts that wait or that an agent has, and the lines in which the waiting stand. */
final class Contacts {

    private static final TreeSet<Contact> NOBODY = new TreeSet<>();

    private final Queues queues;
    private final Agents agents;
    private final Unsaved unsaved;
    private final Map<String, Contact> byId = new HashMap<>();

    /** Contacts in line that would be kept for an agent if they were present. */
    private final Map<String, TreeSet<Contact>> preferring = new HashMap<>();

    Contacts(Queues queues, Agents agents, Unsaved unsaved) {
        this.queues = queues;
        this.agents = agents;
        this.unsaved = unsaved;
    }

    @Nullable Contact find(String id) {
        return byId.get(id);
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    @Nullable Contact owning(String owner) {
        return owner.startsWith(Contact.OWNER)
                ? byId.get(owner.substring(Contact.OWNER.length()))
                : null;
    }

    /** One that stands nowhere yet. */
    Contact begin(ContactState state) {
        Contact contact =
                new Contact(state, queues.of(state.queued().language(), state.queued().channel()));
        byId.put(contact.id(), contact);
        return contact;
    }

    /** To be called when its agents are known again, and not seated yet. */
    void restore(ContactState state) {
        Contact contact = begin(state);
        contact.toldToWakeAt = state.wakeAt();
        String holder = state.holder();
        if (holder == null) {
            join(contact);
        } else {
            agents.get(holder).take(contact);
        }
    }

    void become(Contact contact, ContactState next) {
        contact.become(next);
        unsaved.touch(contact);
    }

    void remove(Contact contact) {
        byId.remove(contact.id());
        unsaved.remove(contact);
    }

    /** The agent a waiting contact is kept for; null when it is for anyone. */
    @Nullable Agent keeper(Contact contact) {
        ContactState state = contact.state();
        String preferred = state.queued().preferredAgent();
        Agent agent =
                preferred == null || state.reservedUntil() == null ? null : agents.find(preferred);
        return agent != null
                        && agent.state()
                                .isPresentFor(contact.queue().language(), contact.queue().channel())
                ? agent
                : null;
    }

    /** Those that wait and are kept for an agent, or would be if they were present. */
    List<Contact> preferring(Agent agent) {
        List<Contact> theirOwn = new ArrayList<>(preferring.getOrDefault(agent.id(), NOBODY));
        for (Channel channel : Queues.CHANNELS) {
            theirOwn.addAll(agent.kept(channel));
        }
        return theirOwn;
    }

    /** Puts a contact in the line where it waits. */
    void join(Contact contact) {
        Queue queue = contact.queue();
        ContactState state = contact.state();
        contact.keptFor = keeper(contact);
        if (contact.keptFor != null) {
            contact.keptFor.kept(queue.channel()).add(contact);
        } else {
            queue.line().add(contact);
            state.pausedUntil().keySet().forEach(id -> agents.get(id).paused(queue).add(contact));
            if (state.reservedUntil() != null) {
                preferring
                        .computeIfAbsent(state.queued().preferredAgent(), id -> new TreeSet<>())
                        .add(contact);
            }
        }
        queue.begins(contact);
    }

    /** Takes a waiting contact out of its line, as it joined it. */
    void leave(Contact contact) {
        Queue queue = contact.queue();
        ContactState state = contact.state();
        agents.relaxed |= queue.channel() == Channel.PHONE;
        if (contact.keptFor != null) {
            contact.keptFor.kept(queue.channel()).remove(contact);
        } else {
            queue.line().remove(contact);
            state.pausedUntil()
                    .keySet()
                    .forEach(id -> agents.get(id).paused(queue).remove(contact));
            if (state.reservedUntil() != null) {
                preferring.computeIfPresent(
                        state.queued().preferredAgent(),
                        (id, others) -> {
                            others.remove(contact);
                            return others.isEmpty() ? null : others;
                        });
            }
        }
        queue.ends(contact);
    }
}
