package guichet.intake.contacts;

import java.util.concurrent.CompletableFuture;

/** Is told of each contact that the log has confirmed, before its customer is. */
@FunctionalInterface
public interface Onlooker {

    /**
     * Takes note of a contact.
     *
     * @return done when that is done or given up, soon in either case; never fails
     */
    CompletableFuture<Void> taken(Outcome.Accepted contact);
}
