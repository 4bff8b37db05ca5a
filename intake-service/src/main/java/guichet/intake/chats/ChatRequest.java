package guichet.intake.chats;

import guichet.chassis.forms.Form;
import guichet.intake.contacts.ContactRequest;
import guichet.intake.contacts.FirstWords;
import guichet.intake.contacts.Requester;
import guichet.intake.identity.Caller.SignedIn;

/** What a customer says when asking for a live chat (C4); who asks is known from the token. */
record ChatRequest(Requester requester, FirstWords words) implements ContactRequest {

    /** Reads the request of a signed-in customer. */
    static ChatRequest read(Form form, SignedIn caller) {
        return new ChatRequest(Requester.of(caller), FirstWords.read(form));
    }
}
