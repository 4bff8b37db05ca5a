package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The agents of the desk, counted, and seated where they are found when work comes. */
final class Agents {

    private final Queues queues;
    private final Unsaved unsaved;
    private final Map<String, Agent> byId = new HashMap<>();

    private final Set<Agent> ableBesideChats = new HashSet<>();

    /**
     * Whether one of those able beside chats may take more than before: a call is gone, or who
     * serves it changed.
     */
    boolean relaxed;

    private final int[] byPresence = new int[Presence.values().length];
    private long taken;
    private long capacity;

    Agents(Queues queues, Unsaved unsaved) {
        this.queues = queues;
        this.unsaved = unsaved;
    }

    @Nullable Agent find(String id) {
        return byId.get(id);
    }

    /** One who is known, as whoever has a contact or lately declined one is. */
    Agent get(String id) {
        return Objects.requireNonNull(byId.get(id), id);
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    Agent begin(String id, Instant now) {
        Agent agent = restore(AgentState.unknown(id, now));
        seat(agent);
        return agent;
    }

    /** To be seated once what they have is restored too. */
    Agent restore(AgentState state) {
        Agent agent = new Agent(state, queues::ofCalls);
        byId.put(agent.id(), agent);
        return agent;
    }

    void seatAll() {
        byId.values().forEach(this::seat);
    }

    void become(Agent agent, AgentState next) {
        agent.become(next);
        unsaved.touch(agent);
    }

    void forget(Agent agent) {
        unseat(agent);
        byId.remove(agent.id());
        unsaved.forget(agent);
    }

    /** Counts an agent in, and puts them where they are found when work comes. */
    void seat(Agent agent) {
        if (!agent.isSeated) {
            agent.isSeated = true;
            tally(agent, 1);
            if (agent.isAbleBesideChats()) {
                ableBesideChats.add(agent);
            }
            List<Language> languages = agent.state().status().languages();
            for (Channel channel : Queues.CHANNELS) {
                if (agent.takes(channel)) {
                    boolean able = agent.isAbleFor(channel);
                    for (int i = 0; i < languages.size(); i++) {
                        queues.of(languages.get(i), channel).roster(i).add(agent, able);
                    }
                }
            }
        }
    }

    /** Undoes what seating them did; to be called before anything about them changes. */
    void unseat(Agent agent) {
        if (agent.isSeated) {
            agent.isSeated = false;
            tally(agent, -1);
            ableBesideChats.remove(agent);
            List<Language> languages = agent.state().status().languages();
            for (Channel channel : Queues.CHANNELS) {
                if (agent.takes(channel)) {
                    boolean able = agent.isAbleFor(channel);
                    for (int i = 0; i < languages.size(); i++) {
                        queues.of(languages.get(i), channel).roster(i).remove(agent, able);
                    }
                }
            }
        }
    }

    private void tally(Agent agent, int sign) {
        Presence presence = agent.state().presence();
        byPresence[presence.ordinal()] += sign;
        if (presence.isPresent()) {
            taken += sign * (long) agent.load();
            capacity += sign * agent.capacity();
        }
    }

    /** Those who have chats and room for more, and would take calls if they had none. */
    Set<Agent> ableBesideChats() {
        return ableBesideChats;
    }

    int count(Presence presence) {
        return byPresence[presence.ordinal()];
    }

    Occupancy occupancy() {
        return new Occupancy(taken, capacity);
    }
}
