package guichet.intake.contacts;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.TooLargeBody;
import guichet.chassis.forms.UnreadableBody;

import java.io.IOException;
import java.util.UUID;

/** What a customer sends: a form, and what may come with it. */
public interface Submission {

    /**
     * Reads it; to be called once, and before anything else.
     *
     * @throws UnreadableBody for a body that is no form
     * @throws TooLargeBody for a body over a limit
     * @throws StoreUnavailable where what comes with the form cannot be put anywhere
     * @throws IOException where the sender went away
     */
    Form form() throws IOException;

    /** A digest of all that was sent: the same for the same form and what came with it. */
    String fingerprint();

    /**
     * Keeps what came with the form for good, before the log hears of the contact; the same again
     * stays the same.
     *
     * @throws StoreUnavailable where that fails; then some of it may be kept
     */
    void keep(UUID contactId);
}
