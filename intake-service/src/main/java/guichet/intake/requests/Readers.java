package guichet.intake.requests;

import guichet.intake.identity.Caller;

import java.util.UUID;

/** Who may read what a ticket says: its sender and those copied on it (C3). */
public interface Readers {

    /** Whether this person may see the ticket; false also where there is no such ticket. */
    boolean maySee(UUID ticketId, Caller.SignedIn person);
}
