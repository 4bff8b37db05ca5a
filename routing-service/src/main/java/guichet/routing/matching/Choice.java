package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Whom to ask about a contact, and which contact is next for an agent; changes nothing. */
final class Choice {

    private final Queues queues;
    private final Agents agents;
    private final Contacts contacts;

    Choice(Queues queues, Agents agents, Contacts contacts) {
        this.queues = queues;
        this.agents = agents;
        this.contacts = contacts;
    }

    /** The first to ask, else who let the contact pass just now; null while nobody has room. */
    @Nullable Agent whomToAsk(Contact contact) {
        Agent agent = firstToAsk(contact);
        return agent == null ? passerAbleToTake(contact) : agent;
    }

    /** The best agent for a contact; null while none has room who did not let it pass just now. */
    @Nullable Agent firstToAsk(Contact contact) {
        Agent keeper = contacts.keeper(contact);
        if (keeper == null) {
            return contact.queue().bestFor(contact);
        }
        return keeper.isAbleFor(contact.queue().channel()) && keeper.mayTake(contact)
                ? keeper
                : null;
    }

    /** Who let a contact pass last, where they could take it now; null where they could not. */
    private @Nullable Agent passerAbleToTake(Contact contact) {
        String passedBy = contact.state().passedBy();
        if (passedBy == null || contacts.keeper(contact) != null) {
            return null;
        }
        Agent agent = agents.find(passedBy);
        if (agent == null) {
            return null;
        }
        Queue queue = contact.queue();
        int place = agent.state().status().languages().indexOf(queue.language());
        return agent.isAbleFor(queue.channel())
                        && place >= 0
                        && queue.isServedBy(place)
                        && agent.mayTake(contact)
                ? agent
                : null;
    }

    /** The waiting contact that an agent is to be offered next; null for none. */
    @Nullable Contact nextFor(Agent agent) {
        List<Language> languages = agent.state().status().languages();
        Contact next = null;
        for (Channel channel : Queues.CHANNELS) {
            if (agent.isAbleFor(channel)) {
                Contact ofChannel = agent.nextKept(channel);
                for (int i = 0; i < languages.size(); i++) {
                    Queue queue = queues.of(languages.get(i), channel);
                    if (queue.isServedBy(i)) {
                        ofChannel = Contact.first(ofChannel, agent.nextIn(queue));
                    }
                }
                if (ofChannel != null && agent.mayTake(ofChannel)) {
                    next = Contact.first(next, ofChannel);
                }
            }
        }
        return next;
    }

    /** The next for any of those who have chats and room for more; null for none. */
    @Nullable Contact nextBesideChats() {
        Contact next = null;
        for (Agent agent : agents.ableBesideChats()) {
            next = Contact.first(next, nextFor(agent));
        }
        return next;
    }
}
