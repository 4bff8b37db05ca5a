package guichet.routing.matching;

import guichet.policy.OfferRules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The time of a decision, the rules heeded in it, and what has been decided so far. */
final class Moment {

    private final Editions editions;
    private Instant now;
    private List<Decision> decided = new ArrayList<>();

    Moment(Editions editions, Instant now) {
        this.editions = editions;
        this.now = now;
    }

    /**
     * The next one.
     *
     * @param at where it is before the last one's, that one holds
     */
    void begin(Instant at) {
        now = notBeforeNow(at);
        decided = new ArrayList<>();
    }

    Instant now() {
        return now;
    }

    OfferRules rules() {
        return editions.rules();
    }

    /** Until when the rules are heeded; null for ever. */
    @Nullable Instant rulesEnd() {
        return editions.end();
    }

    boolean rulesAreOver(Instant at) {
        return editions.areOver(notBeforeNow(at));
    }

    void heedRules() {
        editions.heed(now);
    }

    void decide(Decision decision) {
        decided.add(decision);
    }

    List<Decision> decided() {
        return decided;
    }

    private Instant notBeforeNow(Instant at) {
        return at.isAfter(now) ? at : now;
    }
}
