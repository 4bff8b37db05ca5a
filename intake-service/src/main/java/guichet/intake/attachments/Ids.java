package guichet.intake.attachments;

import java.util.Optional;
import java.util.UUID;

/** Ids in paths and keys. */
final class Ids {

    private Ids() {}

    /** An id; only as the desk writes them, as stores make paths of ids. */
    static Optional<UUID> read(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
