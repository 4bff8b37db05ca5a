package guichet.intake.callbacks;

import guichet.chassis.forms.Form;
import guichet.chassis.forms.Sites;
import guichet.chassis.forms.Texts;
import guichet.intake.contacts.ContactRequest;
import guichet.intake.contacts.Requester;
import guichet.intake.identity.Caller.SignedIn;
import guichet.policy.Impact;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * What a customer says when asking for a call (C5); who asks is known from the token.
 *
 * @param phoneNumber in E.164
 * @param language BCP 47 tag the customer declares; null where none
 * @param topic as named in the support policy; null where none was chosen
 * @param question the customer's first words
 */
record CallbackRequest(
        Requester requester,
        String phoneNumber,
        Impact impact,
        @Nullable String language,
        @Nullable String topic,
        @Nullable String question,
        @Nullable String site)
        implements ContactRequest {

    private static final int LONGEST_TOPIC = 100;
    private static final int LONGEST_QUESTION = 4_000;

    /** Reads the request of a signed-in customer; without an impact it is NORMAL. */
    static CallbackRequest read(Form form, SignedIn caller) {
        return new CallbackRequest(
                Requester.of(caller),
                form.requiredText("phoneNumber", null, PhoneNumbers.callable()),
                Objects.requireNonNullElse(
                        form.optional("impact", Texts.oneOf(Impact.class)), Impact.NORMAL),
                form.optional("language", Texts.languageTag()),
                form.optional("topic", Texts.line(LONGEST_TOPIC)),
                form.optional("question", Texts.prose(LONGEST_QUESTION)),
                form.optional("site", Sites.aliasOrUrl()));
    }
}
