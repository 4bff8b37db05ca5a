package guichet.intake.attachments;

import guichet.intake.contacts.StoreUnavailable;

import java.util.Optional;
import java.util.UUID;

/** Keeps the files of tickets until they are erased. */
interface AttachmentStore extends TicketFiles {

    /**
     * Keeps a file whole or not at all; the staged one may be gone afterwards. Under one id comes
     * always the same file.
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
}
