package guichet.routing.matching;

import org.jspecify.annotations.Nullable;

import java.util.TreeSet;

/** The agents who take a queue's channel and list its language first, or further down. */
final class Roster {

    /** Available and with room, the one to ask first in front. */
    private final TreeSet<Agent> able = new TreeSet<>();

    private final int[] count = new int[Presence.values().length];

    void add(Agent agent, boolean isAble) {
        count[agent.state().presence().ordinal()]++;
        if (isAble) {
            able.add(agent);
        }
    }

    void remove(Agent agent, boolean isAble) {
        count[agent.state().presence().ordinal()]--;
        if (isAble) {
            able.remove(agent);
        }
    }

    int count(Presence presence) {
        return count[presence.ordinal()];
    }

    int able() {
        return able.size();
    }

    boolean hasSomebodyPresent() {
        return count(Presence.AVAILABLE) + count(Presence.BUSY) > 0;
    }

    /** How many of the able may not take a contact, for the sake of a call. */
    int keptFreeFrom(Contact contact) {
        int kept = 0;
        for (Agent agent : able) {
            kept += agent.mayTake(contact) ? 0 : 1;
        }
        return kept;
    }

    /**
     * Whom to ask about a contact: nobody who declined it lately, let it pass just now, or is kept
     * free for a call.
     */
    @Nullable Agent bestFor(Contact contact) {
        for (Agent agent : able) {
            if (!contact.isPausedFor(agent)
                    && !contact.wasPassedBy(agent)
                    && agent.mayTake(contact)) {
                return agent;
            }
        }
        return null;
    }
}
