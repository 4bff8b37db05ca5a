package guichet.intake.requests;

import java.util.Optional;
import java.util.UUID;

/** Ids that the desk itself has given: UUIDs. Those of channels that publish may be any text. */
public final class DeskIds {

    private DeskIds() {}

    /**
     * Reads an id; empty for a text that is not one, or not written as the desk writes them. Files
     * lie under these ids, so two texts must not be one.
     */
    public static Optional<UUID> read(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
