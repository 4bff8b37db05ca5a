package guichet.routing.agents;

import guichet.events.OfferClosed;
import guichet.events.OfferMade;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Of what an agent was told, the offers that are not over. */
final class OpenOffers implements DesktopHistory.Reader {

    private final Map<String, Told> byOfferId = new LinkedHashMap<>();

    @Override
    public void on(Told told) {
        switch (told.event()) {
            case OfferMade made -> byOfferId.put(made.getOfferId(), told);
            case OfferClosed closed -> byOfferId.remove(closed.getOfferId());
            default -> {}
        }
    }

    /** In the order in which they were made. */
    Collection<Told> inOrder() {
        return byOfferId.values();
    }
}
