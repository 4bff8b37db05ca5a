package guichet.sla.clocks;

import org.jspecify.annotations.Nullable;

/** Responses and ends that are read before the contact they belong to. */
final class EarlyEnds {

    private EarlyEnds() {}

    /** Which of two came first; at the same instant a response goes before an end without one. */
    static EarlyEnd first(@Nullable EarlyEnd known, EarlyEnd next) {
        if (known == null || next.getAt().isBefore(known.getAt())) {
            return next;
        }
        boolean together = next.getAt().equals(known.getAt());
        return together && known.getAgentId() == null ? next : known;
    }
}
