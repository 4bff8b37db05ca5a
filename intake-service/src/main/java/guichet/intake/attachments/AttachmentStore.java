package guichet.intake.attachments;

import guichet.intake.contacts.StoreUnavailable;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Keeps the files of tickets until they are erased. */
interface AttachmentStore extends TicketFiles {

    /**
     * A file in the store, whether its ticket came to be or not.
     *
     * @param since when it was put there, or put there again
     */
    record Entry(UUID ticketId, UUID attachmentId, Instant since) {}

    /**
     * Keeps a file whole or not at all; the staged one may be gone afterwards. One id always stands
     * for the same content.
     *
     * @throws StoreUnavailable where it cannot be known that it is kept
     */
    void keep(UUID ticketId, UUID attachmentId, StagedFile file);

    /**
     * A file that was kept; empty where there is none.
     *
     * @throws StoreUnavailable where that cannot be known
     */
    Optional<KeptFile> find(UUID ticketId, UUID attachmentId);

    /**
     * All that is kept, in any order; it is read as it is asked for, and to be closed.
     *
     * @throws StoreUnavailable where it cannot be read; later on whatever the store throws
     */
    Stream<Entry> all();

    /**
     * Deletes a file; nothing where there is none.
     *
     * @throws StoreUnavailable where it cannot be known that it is gone
     */
    void delete(UUID ticketId, UUID attachmentId);
}
