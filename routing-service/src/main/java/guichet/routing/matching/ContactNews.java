package guichet.routing.matching;

import guichet.routing.matching.ContactState.Stage;
import guichet.routing.matching.Decision.Release;

import java.time.Duration;

/** What is told of a contact: it is queued, its due moves, it is answered, it is over. */
final class ContactNews {

    private final Moment moment;
    private final Agents agents;
    private final Contacts contacts;
    private final Handover handover;
    private final Offering offering;

    ContactNews(
            Moment moment, Agents agents, Contacts contacts, Handover handover, Offering offering) {
        this.moment = moment;
        this.agents = agents;
        this.contacts = contacts;
        this.handover = handover;
        this.offering = offering;
    }

    void on(Happening.Queued queued) {
        if (contacts.has(queued.contactId())) {
            return;
        }
        Contact contact =
                contacts.begin(
                        ContactState.of(
                                        queued,
                                        moment.now().plus(moment.rules().preferredFor()),
                                        moment.now())
                                .waiting(moment.now()));
        offering.place(contact);
        contacts.become(
                contact,
                contact.state()
                        .withEstimate(
                                contact.state().isWaiting()
                                        ? contact.queue().expectedWait(contact)
                                        : Duration.ZERO));
    }

    void on(Happening.DueMoved moved) {
        Contact contact = contacts.find(moved.contactId());
        if (contact == null || moved.due().equals(contact.state().due())) {
            return;
        }
        ContactState next = contact.state().withDue(moved.due());
        if (next.isWaiting()) {
            contacts.leave(contact);
            contacts.become(contact, next);
            contacts.join(contact);
            agents.relaxed = true;
        } else {
            contacts.become(contact, next);
        }
    }

    void on(Happening.Answered answered) {
        Contact contact = contacts.find(answered.contactId());
        if (contact == null || contact.state().stage() instanceof Stage.Answered) {
            return;
        }
        String agentId = answered.agentId();
        if (contact.state().isOfferedTo(agentId)) {
            handover.assign(contact);
        }
        if (agentId.equals(contact.state().holder())) {
            contacts.become(contact, contact.state().answered(agentId));
            return;
        }
        Agent before = handover.letGo(contact, Release.ANSWERED_ELSEWHERE);
        Agent now = agents.find(agentId);
        if (now == null) {
            contacts.remove(contact);
        } else {
            contacts.become(contact, contact.state().answered(agentId));
            agents.unseat(now);
            now.take(contact);
            agents.become(now, now.state().idleSince(moment.now()));
            agents.seat(now);
        }
        if (before != null) {
            offering.refill(before);
        }
    }

    void on(Happening.Ended ended) {
        Contact contact = contacts.find(ended.contactId());
        if (contact == null) {
            return;
        }
        boolean withdrawn =
                switch (contact.state().stage()) {
                    case Stage.Waiting waiting -> true;
                    case Stage.Offered offered -> true;
                    case Stage.Assigned assigned -> false;
                    case Stage.Answered answered -> false;
                };
        Agent before = handover.letGo(contact, withdrawn ? Release.WITHDRAWN : Release.ENDED);
        contacts.remove(contact);
        if (before != null) {
            offering.refill(before);
        }
    }
}
