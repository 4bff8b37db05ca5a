package guichet.routing.matching;

import guichet.routing.matching.ContactState.Stage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was to happen at an instant that is reached: to a contact, to a queue, or to the rules. */
final class Awakening {

    private final Moment moment;
    private final Unsaved unsaved;
    private final Queues queues;
    private final Agents agents;
    private final Contacts contacts;
    private final Offering offering;
    private final OfferNews offerNews;

    Awakening(
            Moment moment,
            Unsaved unsaved,
            Queues queues,
            Agents agents,
            Contacts contacts,
            Offering offering,
            OfferNews offerNews) {
        this.moment = moment;
        this.unsaved = unsaved;
        this.queues = queues;
        this.agents = agents;
        this.contacts = contacts;
        this.offering = offering;
        this.offerNews = offerNews;
    }

    void on(Happening.TimeReached reached) {
        if (reached.owner().equals(Editions.OWNER)) {
            unsaved.wokenForRules();
            if (moment.rulesAreOver(moment.now())) {
                heedRules();
            }
            return;
        }
        Queue queue = queues.owning(reached.owner());
        Contact contact = contacts.owning(reached.owner());
        if (queue != null) {
            wake(queue);
        } else if (contact != null) {
            wake(contact);
        }
    }

    /**
     * The rules of now take the place of those before. What began under those ends as it was to
     * end: an offer, a claim of a preferred agent, a pause.
     */
    private void heedRules() {
        moment.heedRules();
        agents.relaxed = true;
        List<Contact> waiting = new ArrayList<>();
        for (Queue queue : queues.all()) {
            queues.heed(queue, moment.rules(), moment.now());
            queue.line().forEach(waiting::add);
        }
        waiting.sort(null);
        waiting.forEach(offering::offerFromItsLine);
    }

    private void wake(Contact contact) {
        unsaved.woken(contact);
        if (isYetToCome(contact.state().wakeAt())) {
            return;
        }
        if (contact.state().stage() instanceof Stage.Offered(String agentId, Instant expiresAt)) {
            offerNews.expire(contact, agents.get(agentId), expiresAt);
        } else {
            contacts.leave(contact);
            contacts.become(contact, contact.state().waiting(moment.now()));
            offering.place(contact);
        }
    }

    private void wake(Queue queue) {
        unsaved.woken(queue);
        if (isYetToCome(queue.wakeAt())) {
            return;
        }
        queues.become(queue, queue.state.openToFurtherLanguages(true));
        int skipped = 0;
        while (skipped < queue.line().size() && queue.able() > 0) {
            if (!offering.offerFromItsLine(queue.line().get(skipped))) {
                skipped++;
            }
        }
    }

    private boolean isYetToCome(@Nullable Instant wakeAt) {
        return wakeAt == null || wakeAt.isAfter(moment.now());
    }
}
