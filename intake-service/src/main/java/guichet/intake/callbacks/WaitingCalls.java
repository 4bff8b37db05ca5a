package guichet.intake.callbacks;

import guichet.policy.Language;
import guichet.policy.Plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The calls that customers wait for, as far as they are known. */
@FunctionalInterface
public interface WaitingCalls {

    /**
     * A call that nobody has made yet.
     *
     * @param requestedAt when it was first asked for
     * @param respondBy when it is due; null for a call out of scope (S2), or not known yet
     */
    record Call(
            UUID id,
            Language language,
            Plan plan,
            Instant requestedAt,
            @Nullable Instant respondBy) {}

    /**
     * The call that a customer waits for at a number. Empty also where that cannot be known soon: a
     * request that joins none is served all the same.
     *
     * @param phoneNumber in E.164
     * @param at when it is asked for again
     */
    Optional<Call> of(String customerId, String phoneNumber, Instant at);
}
