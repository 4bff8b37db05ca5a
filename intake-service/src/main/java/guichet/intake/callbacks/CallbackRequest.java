package guichet.intake.callbacks;

import guichet.chassis.forms.Form;
import guichet.intake.contacts.ContactRequest;
import guichet.intake.contacts.FirstWords;
import guichet.intake.contacts.Requester;
import guichet.intake.identity.Caller.SignedIn;

/**
 * What a customer says when asking for a call (C5); who asks is known from the token.
 *
 * @param phoneNumber in E.164
 */
record CallbackRequest(Requester requester, String phoneNumber, FirstWords words)
        implements ContactRequest {

    /** Reads the request of a signed-in customer. */
    static CallbackRequest read(Form form, SignedIn caller) {
        return new CallbackRequest(
                Requester.of(caller),
                form.requiredText("phoneNumber", null, PhoneNumbers.callable()),
                FirstWords.read(form));
    }
}
