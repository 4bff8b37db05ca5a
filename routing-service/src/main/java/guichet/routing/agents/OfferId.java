package guichet.routing.agents;

import guichet.schemas.Contract;

import java.util.Optional;

/**
 * An offer and the contact it is about: {@code <contact id>/<number>}.
 *
 * @param text the whole id
 */
record OfferId(String text, String contactId) {

    /** Reads an id; empty for a text that cannot be one. */
    static Optional<OfferId> of(String text) {
        int slash = text.lastIndexOf('/');
        return slash > 0 && slash < text.length() - 1 && Contract.isId(text.substring(0, slash))
                ? Optional.of(new OfferId(text, text.substring(0, slash)))
                : Optional.empty();
    }
}
