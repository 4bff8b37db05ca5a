package guichet.routing.agents;

import java.util.Optional;

/** Finds what is known of a contact now. */
@FunctionalInterface
public interface ContactLookup {

    /** The contact; empty for one that is unknown or over. */
    Optional<HeldContact> find(String contactId);
}
