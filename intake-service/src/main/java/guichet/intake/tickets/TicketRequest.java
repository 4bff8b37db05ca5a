package guichet.intake.tickets;

import guichet.chassis.forms.EmailAddresses;
import guichet.chassis.forms.Form;
import guichet.chassis.forms.Sites;
import guichet.chassis.forms.Texts;
import guichet.intake.contacts.ContactRequest;
import guichet.intake.contacts.Requester;
import guichet.intake.identity.Caller;
import guichet.intake.identity.Caller.SignedIn;
import guichet.policy.Impact;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the web form holds (C1).
 *
 * @param language BCP 47 tag the customer declares; null where none
 * @param topic as named in the support policy; null where none was chosen
 * @param copiedTo addresses that may follow the ticket (C3)
 */
record TicketRequest(
        Requester requester,
        Impact impact,
        String description,
        @Nullable String site,
        @Nullable String language,
        @Nullable String topic,
        @Nullable String subject,
        List<String> copiedTo)
        implements ContactRequest {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TOPIC = 100;
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_DESCRIPTION = 20_000;
    private static final int MOST_COPIES = 20;

    /** Reads the form; name and e-mail address of a signed-in caller default to the token's. */
    static TicketRequest read(Form form, Caller caller) {
        return new TicketRequest(
                requester(form, caller),
                form.required("impact", Impact.NORMAL, Texts.oneOf(Impact.class)),
                form.requiredText("description", null, Texts.prose(LONGEST_DESCRIPTION)),
                form.optional("site", Sites.aliasOrUrl()),
                form.optional("language", Texts.languageTag()),
                form.optional("topic", Texts.line(LONGEST_TOPIC)),
                form.optional("subject", Texts.line(LONGEST_SUBJECT)),
                form.list("cc", MOST_COPIES, EmailAddresses.address()).stream()
                        .distinct()
                        .toList());
    }

    private static Requester requester(Form form, Caller caller) {
        SignedIn known = caller instanceof SignedIn signedIn ? signedIn : null;
        return Requester.of(
                caller,
                form.requiredText(
                        "name", known == null ? null : known.name(), Texts.line(LONGEST_NAME)),
                form.requiredText(
                        "email", known == null ? null : known.email(), EmailAddresses.address()));
    }
}
