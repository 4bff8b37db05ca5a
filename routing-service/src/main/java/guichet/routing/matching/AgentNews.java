package guichet.routing.matching;

import guichet.routing.matching.ContactState.Stage;
import guichet.routing.matching.Decision.Release;

import java.util.ArrayList;
import java.util.List;

/** What is told of an agent, by themselves or by the desk, and what that makes of contacts. */
final class AgentNews {

    private final Moment moment;
    private final Queues queues;
    private final Agents agents;
    private final Contacts contacts;
    private final Handover handover;
    private final Offering offering;

    AgentNews(
            Moment moment,
            Queues queues,
            Agents agents,
            Contacts contacts,
            Handover handover,
            Offering offering) {
        this.moment = moment;
        this.queues = queues;
        this.agents = agents;
        this.contacts = contacts;
        this.handover = handover;
        this.offering = offering;
    }

    void on(Happening.StatusChanged status) {
        Agent agent = agents.find(status.agentId());
        if (agent == null) {
            agent = agents.begin(status.agentId(), moment.now());
        } else if (agent.state().status().equals(status)) {
            return;
        }
        restate(agent, agent.state().with(status, moment.now()), List.of());
    }

    void on(Happening.LongOffline gone) {
        Agent agent = agents.find(gone.agentId());
        if (agent != null && agent.state().presence() == Presence.OFFLINE && agent.load() == 0) {
            agents.forget(agent);
        }
    }

    /**
     * The desk sets an agent away.
     *
     * @param passed the contact that they let pass last; stands nowhere
     */
    void setAway(Agent agent, int missed, Contact passed) {
        moment.decide(new Decision.SetAway(agent.id(), moment.now(), missed));
        restate(agent, agent.state().away(), List.of(passed));
    }

    private void restate(Agent agent, AgentState next, List<Contact> homeless) {
        List<Contact> toPlace = new ArrayList<>(homeless);
        List<Contact> theirOwn = contacts.preferring(agent);
        theirOwn.forEach(contacts::leave);
        agents.unseat(agent);
        agents.become(agent, next);
        agents.seat(agent);
        queues.all().forEach(this::noteCoverage);
        for (Contact contact : agent.contacts().stream().sorted().toList()) {
            if (returns(contact.state().stage(), next.presence())) {
                handover.letGo(
                        contact,
                        next.presence() == Presence.AWAY
                                ? Release.AGENT_AWAY
                                : Release.AGENT_OFFLINE);
                agents.seat(agent);
                contacts.become(contact, contact.state().waiting(moment.now()));
                toPlace.add(contact);
            }
        }
        for (Contact contact : theirOwn) {
            if (contacts.keeper(contact) == agent) {
                contacts.join(contact);
            } else {
                toPlace.add(contact);
            }
        }
        toPlace.sort(null);
        toPlace.forEach(contacts::join);
        offering.serve(agent, toPlace);
    }

    private void noteCoverage(Queue queue) {
        if (queue.wasCovered != queue.isCovered()) {
            queue.wasCovered = queue.isCovered();
            queues.become(queue, queue.state.coverageChanged(moment.now()));
            agents.relaxed = true;
        }
    }

    /** Whether a contact goes back to its queue when its agent is of such presence. */
    private static boolean returns(Stage stage, Presence presence) {
        return switch (stage) {
            case Stage.Waiting waiting -> false;
            case Stage.Offered offered -> !presence.isPresent();
            case Stage.Assigned assigned -> presence == Presence.OFFLINE;
            case Stage.Answered answered -> false;
        };
    }
}
