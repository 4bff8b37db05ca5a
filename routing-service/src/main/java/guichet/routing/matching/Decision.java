package guichet.routing.matching;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the engine decides. */
sealed interface Decision {

    /** The contact it is of; null where it is of an agent alone. */
    default @Nullable String contactId() {
        return null;
    }

    /**
     * A contact is held out to an agent.
     *
     * @param reasons its rank, why this agent, and who was passed over
     */
    record Offered(
            String contactId,
            String offerId,
            String agentId,
            Instant offeredAt,
            Instant expiresAt,
            List<String> reasons)
            implements Decision {}

    /** An agent let an offer pass; the contact goes on with its age. */
    record Expired(String contactId, String offerId, String agentId, Instant at)
            implements Decision {}

    /**
     * An agent has a contact.
     *
     * @param waited since the engine heard of it, or it came back from an agent who had it
     * @param estimatedWait as told when the engine heard of it; null where nothing could be told
     */
    record Assigned(
            String contactId,
            String offerId,
            String agentId,
            Instant at,
            Duration waited,
            @Nullable Duration estimatedWait)
            implements Decision {}

    /**
     * A contact left its agent, or the queue.
     *
     * @param agentId who had it or was offered it; null while it waited
     */
    record Released(String contactId, @Nullable String agentId, Instant at, Release reason)
            implements Decision {}

    /** Why a contact was released; the first three put it back into its queue. */
    enum Release {
        DECLINED,
        AGENT_AWAY,
        AGENT_OFFLINE,
        /** The customer left before an agent had the contact. */
        WITHDRAWN,
        ENDED,
        ANSWERED_ELSEWHERE
    }

    /** An acceptance came to nothing. */
    record Refused(String contactId, String offerId, String agentId, Refusal reason)
            implements Decision {}

    enum Refusal {
        ALREADY_YOURS,
        EXPIRED,
        RESCINDED,
        DECLINED,
        NOT_YOURS,
        UNKNOWN
    }

    /** An agent who let too many offers pass gets no more until they say that they are back. */
    record SetAway(String agentId, Instant at, int missed) implements Decision {}
}
