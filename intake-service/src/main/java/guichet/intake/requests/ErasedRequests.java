package guichet.intake.requests;

import guichet.policy.Channel;

import java.time.Instant;
import java.util.List;

/** What erasures have done to requests, and what of them is left to do elsewhere (ADR 17). */
public interface ErasedRequests {

    /**
     * A request that is erased in the tables. Its files may still be there, and the desk may still
     * work on it.
     *
     * @param open false where it is known to be over
     */
    record Remains(String id, Channel channel, boolean open) {}

    /**
     * An erasure as far as it has been read.
     *
     * @param requests how many requests it has erased
     * @param done whether everything that was sent before the order has been read, and nothing of
     *     the erased requests is left elsewhere
     */
    record Erasure(String id, Instant orderedAt, String orderedBy, int requests, boolean done) {}

    /**
     * Erasures, the latest first.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    List<Erasure> erasures(int most);

    /**
     * Requests of which something may be left.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    List<Remains> remains(int most);

    /**
     * Whether there may be requests that are to be erased and have not been read yet.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    boolean mayRemainUnread();

    /**
     * Notes that nothing is left of a request.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    void cleared(String id);

    /**
     * Registers what is run whenever something new may be left to clear. What was left before is
     * not told of: look once after registering.
     */
    void whenErased(Runnable something);
}
