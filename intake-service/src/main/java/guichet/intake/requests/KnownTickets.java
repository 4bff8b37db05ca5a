package guichet.intake.requests;

import java.util.Set;
import java.util.UUID;

/** Which tickets the log has, for whoever clears up after those that did not come to be. */
@FunctionalInterface
public interface KnownTickets {

    /**
     * Those of some tickets of which the log had no record a minute ago.
     *
     * @return none at all where that is not known, as somewhere tickets have not been read to their
     *     end since
     * @throws RequestsUnavailable where the database does not answer
     */
    Set<UUID> withoutRecord(Set<UUID> tickets);
}
