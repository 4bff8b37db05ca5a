package guichet.intake.contacts;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** When contacts were first asked for, as far as it is known. */
@FunctionalInterface
public interface FirstTries {

    /**
     * When a contact was first asked for; none where it cannot be known soon, or its customer is
     * erased.
     *
     * @param at when it is asked for again
     */
    Optional<Instant> of(UUID contactId, Instant at);
}
