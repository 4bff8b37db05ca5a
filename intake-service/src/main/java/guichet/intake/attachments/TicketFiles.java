package guichet.intake.attachments;

import guichet.intake.contacts.StoreUnavailable;

import java.util.UUID;

/** The files of tickets, for whoever erases. */
public interface TicketFiles {

    /**
     * Deletes all files of a ticket; nothing where it has none.
     *
     * @throws StoreUnavailable where it cannot be known that they are gone; some may be
     */
    void delete(UUID ticketId);
}
