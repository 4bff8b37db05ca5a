package guichet.intake.requests;

import guichet.intake.identity.Caller;

import java.util.UUID;

/** Who may see a ticket (C3): whoever sent it, and who is copied on it. */
public interface Readers {

    /**
     * Whether somebody may see a ticket; false as well for one that does not exist, after the same
     * question to the database.
     *
     * @throws RequestsUnavailable where that cannot be known just now
     */
    boolean maySee(UUID ticketId, Caller.SignedIn person);
}
