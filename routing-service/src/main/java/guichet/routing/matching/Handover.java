package guichet.routing.matching;

import guichet.routing.matching.ContactState.Stage;
import guichet.routing.matching.Decision.Refusal;
import guichet.routing.matching.Decision.Release;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Brings a contact into an agent's hands, and out of them. */
final class Handover {

    private final Moment moment;
    private final Queues queues;
    private final Agents agents;
    private final Contacts contacts;

    Handover(Moment moment, Queues queues, Agents agents, Contacts contacts) {
        this.moment = moment;
        this.queues = queues;
        this.agents = agents;
        this.contacts = contacts;
    }

    /** Holds a contact that stands nowhere out to an agent, who is to be seated again. */
    void offer(Contact contact, Agent agent) {
        agents.unseat(agent);
        List<String> reasons = Reasons.of(contact, agent);
        Instant expiresAt = moment.now().plus(moment.rules().offerFor());
        contacts.become(contact, contact.state().offered(agent.id(), expiresAt));
        agent.take(contact);
        moment.decide(
                new Decision.Offered(
                        contact.id(),
                        contact.state().offerId(),
                        agent.id(),
                        moment.now(),
                        expiresAt,
                        reasons));
    }

    /** The agent to whom a contact is offered takes it. */
    void assign(Contact contact) {
        Queue queue = contact.queue();
        ContactState state = contact.state();
        Agent agent = agents.get(Objects.requireNonNull(state.holder()));
        Instant now = moment.now();
        agents.unseat(agent);
        agents.become(agent, agent.state().missed(0).idleSince(now));
        agents.seat(agent);
        contacts.become(contact, state.assigned(agent.id()));
        Instant waitingSince = state.waitingSince();
        queues.become(
                queue, queue.state.assigned(waitingSince, now, queue.agents(Presence.AVAILABLE)));
        moment.decide(
                new Decision.Assigned(
                        contact.id(),
                        state.offerId(),
                        agent.id(),
                        now,
                        Duration.between(waitingSince, now),
                        state.estimatedWait()));
    }

    /** Takes a contact from its line, or from its agent, who is answered and to be seated again. */
    @Nullable Agent letGo(Contact contact, Release reason) {
        String agentId = contact.state().holder();
        moment.decide(new Decision.Released(contact.id(), agentId, moment.now(), reason));
        if (agentId == null) {
            contacts.leave(contact);
            return null;
        }
        Agent agent = agents.get(agentId);
        AgentState rescinded = agent.state().closed(contact.state().offerId(), Refusal.RESCINDED);
        AgentState next =
                switch (contact.state().stage()) {
                    case Stage.Waiting waiting -> agent.state();
                    case Stage.Offered offered -> rescinded;
                    case Stage.Assigned assigned -> rescinded.idleSince(moment.now());
                    case Stage.Answered answered -> agent.state().idleSince(moment.now());
                };
        letGo(contact, agent, next);
        return agent;
    }

    /** Takes a contact from its agent, who is to be seated again. */
    void letGo(Contact contact, Agent agent, AgentState next) {
        agents.unseat(agent);
        agent.leave(contact);
        agents.become(agent, next);
    }
}
