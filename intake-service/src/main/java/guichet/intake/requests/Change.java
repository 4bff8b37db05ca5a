package guichet.intake.requests;

import guichet.policy.Channel;
import guichet.policy.Plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What one record says of one request, or of all requests of one person. Changes may be applied in
 * any order and any number of times: the outcome is the same.
 */
sealed interface Change {

    /** Id of the request; of an erasure its own. */
    String id();

    /**
     * It began. Of several beginnings with one id the one with the lowest offset counts, as it does
     * for every reader of the topics.
     *
     * @param offset of the record in its partition; {@link Long#MAX_VALUE} where it is not known
     * @param email that the customer gave; null where there is none
     * @param subject a line for lists; null where the customer wrote nothing
     * @param phoneNumber of a callback, in E.164; null for others
     * @param copiedTo addresses in lower case
     * @param convertedFrom id of the chat or callback that became this ticket; null for others
     */
    record Begun(
            String id,
            long offset,
            String customerId,
            @Nullable String email,
            Channel channel,
            Plan plan,
            @Nullable String subject,
            Instant createdAt,
            @Nullable String phoneNumber,
            List<String> copiedTo,
            @Nullable String convertedFrom)
            implements Change {}

    /**
     * The log has a record with its id, and that is all there is to keep: the record is no event,
     * or says what no table takes.
     */
    record Mentioned(String id) implements Change {}

    /**
     * What the customer was told when it was taken; holds until the desk says otherwise.
     *
     * @param due null for a request without a target (S2)
     */
    record Promised(String id, String language, @Nullable Instant due) implements Change {}

    /** It stands in the queue of a language. */
    record Queued(String id, String language) implements Change {}

    /**
     * When the response is due.
     *
     * @param offset of the record; the highest counts
     */
    record Due(String id, long offset, Instant due) implements Change {}

    /** An agent took it. */
    record Assigned(String id, Instant at) implements Change {}

    /** An agent no longer has it. */
    record Released(String id, Instant at) implements Change {}

    /** An agent responded. */
    record Answered(String id, Instant at) implements Change {}

    /** It is over. */
    record Ended(String id, Instant at, boolean byCustomer) implements Change {}

    /** It goes on as a ticket. */
    record Converted(String id, Instant at, String ticketId) implements Change {}

    /**
     * Something for the timeline that may happen more than once.
     *
     * @param due the new due; null where the step has none
     */
    record Stepped(String id, Instant at, StepKind what, @Nullable Instant due) implements Change {}

    /**
     * A person is to be forgotten: nothing is kept of what they sent until then, and they are no
     * longer copied on anything that began until then. Of several orders with one id the latest
     * counts.
     *
     * @param people pseudonyms of the person
     * @param orderedBy id of the supervisor
     */
    record Erased(String id, Instant orderedAt, String orderedBy, List<String> people)
            implements Change {}
}
