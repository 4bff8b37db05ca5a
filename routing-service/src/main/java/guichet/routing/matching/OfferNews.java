package guichet.routing.matching;

import guichet.routing.matching.Decision.Refusal;
import guichet.routing.matching.Decision.Release;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What becomes of an offer: its agent takes it, lets it go on purpose, or lets it pass. */
final class OfferNews {

    private final Moment moment;
    private final Agents agents;
    private final Contacts contacts;
    private final Handover handover;
    private final Offering offering;
    private final AgentNews agentNews;

    OfferNews(
            Moment moment,
            Agents agents,
            Contacts contacts,
            Handover handover,
            Offering offering,
            AgentNews agentNews) {
        this.moment = moment;
        this.agents = agents;
        this.contacts = contacts;
        this.handover = handover;
        this.offering = offering;
        this.agentNews = agentNews;
    }

    void on(Happening.Accepted accepted) {
        Contact contact = contacts.find(accepted.contactId());
        if (contact != null && isOpen(contact, accepted.offerId(), accepted.agentId())) {
            handover.assign(contact);
        } else {
            refuse(contact, accepted.contactId(), accepted.offerId(), accepted.agentId());
        }
    }

    void on(Happening.Declined declined) {
        Contact contact = contacts.find(declined.contactId());
        if (contact == null || !isOpen(contact, declined.offerId(), declined.agentId())) {
            refuse(contact, declined.contactId(), declined.offerId(), declined.agentId());
            return;
        }
        Agent agent = agents.get(declined.agentId());
        Instant now = moment.now();
        moment.decide(new Decision.Released(contact.id(), agent.id(), now, Release.DECLINED));
        handover.letGo(
                contact,
                agent,
                agent.state().closed(declined.offerId(), Refusal.DECLINED).missed(0));
        agents.seat(agent);
        Instant againAt = now.plus(moment.rules().againAfter());
        contacts.become(contact, contact.state().declined(agent.id(), againAt, now));
        offering.place(contact);
        offering.refill(agent);
    }

    /** An agent let a contact that was offered to them pass. */
    void expire(Contact contact, Agent agent, Instant at) {
        String offerId = contact.state().offerId();
        int missed = agent.state().missed() + 1;
        moment.decide(new Decision.Expired(contact.id(), offerId, agent.id(), at));
        handover.letGo(
                contact, agent, agent.state().closed(offerId, Refusal.EXPIRED).missed(missed));
        agents.seat(agent);
        contacts.become(contact, contact.state().passed(agent.id(), moment.now()));
        if (missed >= moment.rules().missesUntilAway() && agent.state().presence().isPresent()) {
            agentNews.setAway(agent, missed, contact);
        } else {
            offering.placeWithAnother(contact);
            offering.refill(agent);
        }
    }

    private static boolean isOpen(Contact contact, String offerId, String agentId) {
        return contact.state().isOfferedTo(agentId) && contact.state().offerId().equals(offerId);
    }

    private void refuse(
            @Nullable Contact contact, String contactId, String offerId, String agentId) {
        moment.decide(
                new Decision.Refused(
                        contactId, offerId, agentId, refusal(contact, offerId, agentId)));
    }

    private Refusal refusal(@Nullable Contact contact, String offerId, String agentId) {
        Agent agent = agents.find(agentId);
        Refusal closed = agent == null ? null : agent.state().refusal(offerId);
        if (closed != null) {
            return closed;
        }
        if (contact == null || !contact.state().hasOffer(offerId)) {
            return Refusal.UNKNOWN;
        }
        return agentId.equals(contact.state().holder()) ? Refusal.ALREADY_YOURS : Refusal.NOT_YOURS;
    }
}
