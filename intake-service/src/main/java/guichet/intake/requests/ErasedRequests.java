package guichet.intake.requests;

import guichet.policy.Channel;

import java.time.Instant;
import java.util.List;

/** What erasures have done to requests, and what of them is left to do elsewhere (ADR 17). */
public interface ErasedRequests {

    /**
     * A request that is erased here, while its files may still be there and the desk may still work
     * on it.
     *
     * @param open whether it is not known to be over
     */
    record Remains(String id, Channel channel, boolean open) {}

    /**
     * An erasure as far as it has been read.
     *
     * @param requests how many requests it has erased
     * @param done whether nothing of these is left elsewhere, and all that was sent until the order
     *     has been read
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
     * Has something called whenever there may be remains, read or not; before, it is to look by
     * itself once.
     */
    void whenErased(Runnable something);
}
