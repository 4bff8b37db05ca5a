package guichet.routing.agents;

import guichet.events.OfferClosed;
import guichet.events.OfferOutcome;
import guichet.events.OfferRefused;

import org.apache.avro.specific.SpecificRecord;

import java.util.Optional;

/** What became of an agent's answer to an offer. */
sealed interface Verdict {

    /** Reasons of {@link OfferRefused} that the door has words for. */
    String ALREADY_YOURS = "already yours";

    String DECLINED = "declined";
    String EXPIRED = "expired";
    String RESCINDED = "rescinded";

    /** It is as the agent wished, now or since before. */
    record Agreed() implements Verdict {}

    /** It came to nothing, for a reason as {@link OfferRefused} gives it. */
    record Refused(String reason) implements Verdict {}

    /** The desk has not said yet. */
    record Pending() implements Verdict {}

    /**
     * Reads the verdict out of what the desk tells the agent.
     *
     * @param wished TAKEN or DECLINED
     * @return empty where it says nothing final of this offer
     */
    static Optional<Verdict> in(SpecificRecord told, String offerId, OfferOutcome wished) {
        return switch (told) {
            case OfferClosed closed when closed.getOfferId().equals(offerId) ->
                    Optional.of(of(closed.getOutcome(), wished));
            case OfferRefused refused when refused.getOfferId().equals(offerId) ->
                    Optional.of(
                            refused.getReason().equals(reason(wished))
                                    ? new Agreed()
                                    : new Refused(refused.getReason()));
            default -> Optional.empty();
        };
    }

    private static Verdict of(OfferOutcome outcome, OfferOutcome wished) {
        return outcome == wished ? new Agreed() : new Refused(reason(outcome));
    }

    /** How a refusal says that an offer is over in this way. */
    private static String reason(OfferOutcome outcome) {
        return switch (outcome) {
            case TAKEN -> ALREADY_YOURS;
            case DECLINED -> DECLINED;
            case EXPIRED -> EXPIRED;
            case RESCINDED -> RESCINDED;
        };
    }
}
