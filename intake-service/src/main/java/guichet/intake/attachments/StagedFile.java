package guichet.intake.attachments;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A file that was received whole and belongs to no ticket yet.
 *
 * @param path where it lies meanwhile
 * @param name for display only
 * @param size in bytes
 * @param digest SHA-256 of its content, in hexadecimal
 */
record StagedFile(Path path, String name, ContentKind kind, long size, String digest) {

    /**
     * Its id in a ticket. The same file sent again with the same ticket has the same id, and
     * another one another: what is kept under an id never changes.
     *
     * @param place in the ticket, from 0
     */
    UUID idIn(UUID contactId, int place) {
        String all = contactId + "\n" + place + "\n" + digest + "\n" + name;
        return UUID.nameUUIDFromBytes(all.getBytes(UTF_8));
    }
}
