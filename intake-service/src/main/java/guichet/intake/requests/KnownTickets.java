package guichet.intake.requests;

import java.util.Set;
import java.util.UUID;

/** Which tickets the log has, for whoever clears up after those that did not come to be. */
@FunctionalInterface
public interface KnownTickets {

    /**
     * Which of these tickets the log had no record of a minute ago.
     *
     * @return none at all where a partition of the tickets has not been read to its end within that
     *     minute, as it may have a record of any of them
     * @throws RequestsUnavailable where the database does not answer
     */
    Set<UUID> withoutRecord(Set<UUID> tickets);
}
