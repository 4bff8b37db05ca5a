package guichet.intake.erasures;

import guichet.intake.requests.ErasedRequests.Erasure;

import java.time.Instant;

/**
 * An erasure, for supervisors to see.
 *
 * @param orderedBy id of the supervisor who ordered it last
 * @param requests how many requests it has erased so far
 * @param done whether all that was sent until the order has been read, and these are gone
 *     everywhere but from Kafka
 */
record ErasureView(String id, Instant orderedAt, String orderedBy, int requests, boolean done) {

    static ErasureView of(Erasure erasure) {
        return new ErasureView(
                erasure.id(),
                erasure.orderedAt(),
                erasure.orderedBy(),
                erasure.requests(),
                erasure.done());
    }
}
