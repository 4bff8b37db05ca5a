package guichet.routing.matching;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Offers what waits to whoever has room for it, in order of rank. */
final class Offering {

    private final Choice choice;
    private final Handover handover;
    private final Agents agents;
    private final Contacts contacts;

    Offering(Choice choice, Handover handover, Agents agents, Contacts contacts) {
        this.choice = choice;
        this.handover = handover;
        this.agents = agents;
        this.contacts = contacts;
    }

    /** Offers a contact that stands nowhere to whom it can be, or puts it in its line. */
    void place(Contact contact) {
        place(contact, choice.whomToAsk(contact));
    }

    /** As {@link #place}, but does not ask again who let it pass just now. */
    void placeWithAnother(Contact contact) {
        place(contact, choice.firstToAsk(contact));
    }

    private void place(Contact contact, @Nullable Agent agent) {
        if (agent == null) {
            contacts.join(contact);
        } else {
            offer(contact, agent);
        }
    }

    private void offer(Contact contact, Agent agent) {
        handover.offer(contact, agent);
        agents.seat(agent);
    }

    /** Offers a contact that waits, and answers whether somebody may be asked about it now. */
    boolean offerFromItsLine(Contact contact) {
        Agent agent = choice.whomToAsk(contact);
        if (agent == null) {
            return false;
        }
        contacts.leave(contact);
        offer(contact, agent);
        return true;
    }

    /** Offers an agent what they have room for, in order of rank, and seats them again. */
    void refill(Agent agent) {
        for (Contact next = choice.nextFor(agent); next != null; next = choice.nextFor(agent)) {
            contacts.leave(next);
            handover.offer(next, agent);
        }
        agents.seat(agent);
    }

    /**
     * Offers in order of rank what may have found an agent.
     *
     * @param agent who may have become able
     * @param homeless wait in their lines, and not yet because nobody has room
     */
    void serve(Agent agent, List<Contact> homeless) {
        int looked = 0;
        while (true) {
            Contact next = Contact.first(choice.nextFor(agent), choice.nextBesideChats());
            while (looked < homeless.size() && !homeless.get(looked).state().isWaiting()) {
                looked++;
            }
            if (looked < homeless.size()
                    && (next == null || homeless.get(looked).compareTo(next) < 0)) {
                next = homeless.get(looked++);
            }
            if (next == null) {
                return;
            }
            contacts.leave(next);
            place(next);
        }
    }

    /** Offers chats to agents who were kept free for a call and are no more. */
    void serveWhereRelaxed() {
        if (agents.relaxed) {
            for (Contact next = choice.nextBesideChats();
                    next != null;
                    next = choice.nextBesideChats()) {
                contacts.leave(next);
                place(next);
            }
            agents.relaxed = false;
        }
    }
}
