package guichet.intake.contacts;

import guichet.policy.Channel;
import guichet.policy.Language;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What becomes of a request that has no faults. */
public sealed interface Outcome {

    /** The language queue it belongs to (L1). */
    Language language();

    /** It is taken, and the answer holds, once the event stands in the log. */
    record Accepted(Language language, SpecificRecord event, Answer answer) implements Outcome {}

    /**
     * The line is closed (C6).
     *
     * @param nextOpening when it opens again; null where no opening is known
     * @param nextOpeningLocal the same in words, in the customer's language and the line's zone
     */
    record Closed(
            Channel channel,
            Language language,
            @Nullable Instant nextOpening,
            @Nullable String nextOpeningLocal)
            implements Outcome, Reply {}
}
