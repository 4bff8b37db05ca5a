package guichet.routing.matching;

import guichet.policy.OfferRules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.NavigableMap;

/** The rules for offers, each set from an instant on, and the one that is heeded. */
final class Editions {

    /** The owner of the wake at which other rules begin to hold. */
    static final String OWNER = "rules";

    private final NavigableMap<Instant, OfferRules> byBegin;
    private OfferRules heeded;

    /** Until when they hold, or have been heeded; null for ever. */
    private @Nullable Instant end;

    private Editions(
            NavigableMap<Instant, OfferRules> byBegin, OfferRules heeded, @Nullable Instant end) {
        this.byBegin = byBegin;
        this.heeded = heeded;
        this.end = end;
    }

    /** The rules of an instant are heeded. */
    static Editions heeded(NavigableMap<Instant, OfferRules> byBegin, Instant now) {
        return new Editions(byBegin, byBegin.floorEntry(now).getValue(), byBegin.higherKey(now));
    }

    /** Which were heeded until an instant is not known; those of now are to be heeded anew. */
    static Editions toBeHeeded(NavigableMap<Instant, OfferRules> byBegin, Instant now) {
        return new Editions(byBegin, byBegin.floorEntry(now).getValue(), now);
    }

    OfferRules rules() {
        return heeded;
    }

    @Nullable Instant end() {
        return end;
    }

    boolean areOver(Instant now) {
        return end != null && !now.isBefore(end);
    }

    void heed(Instant now) {
        heeded = byBegin.floorEntry(now).getValue();
        end = byBegin.higherKey(now);
    }
}
