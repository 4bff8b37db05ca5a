package guichet.intake.attachments;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A file that was received whole and belongs to no ticket yet.
 *
 * @param path where it lies meanwhile
 * @param name for display only
 * @param size in bytes
 * @param digest SHA-256 of its content, in hexadecimal
 * @param receivedOn the day, in UTC
 */
record StagedFile(
        Path path, String name, ContentKind kind, long size, String digest, LocalDate receivedOn) {

    /**
     * Its id in a ticket. The same file sent again with the same ticket on the same day has the
     * same id, and another one another: what is kept under an id never changes, and what is found
     * there a day later does not come again ({@link OrphanSweep}).
     *
     * @param place in the ticket, from 0
     */
    UUID idIn(UUID contactId, int place) {
        String all = contactId + "\n" + place + "\n" + digest + "\n" + receivedOn + "\n" + name;
        return UUID.nameUUIDFromBytes(all.getBytes(UTF_8));
    }
}
