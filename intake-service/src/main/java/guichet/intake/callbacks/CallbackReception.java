package guichet.intake.callbacks;

import guichet.chassis.forms.Form;
import guichet.events.CallbackRequested;
import guichet.intake.contacts.Outcome;
import guichet.intake.contacts.Promises;
import guichet.intake.contacts.Reception;
import guichet.intake.identity.Caller.SignedIn;
import guichet.policy.Channel;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import java.time.Instant;
import java.util.UUID;

/** Takes callbacks while the line is open; refuses them with the next opening while not (C6). */
final class CallbackReception implements Reception<SignedIn, CallbackRequest> {

    @Override
    public Channel channel() {
        return Channel.PHONE;
    }

    @Override
    public Topic topic() {
        return Topics.CALLBACKS;
    }

    @Override
    public CallbackRequest read(Form form, SignedIn caller) {
        return CallbackRequest.read(form, caller);
    }

    @Override
    public Outcome decide(
            UUID contactId, CallbackRequest request, SupportPolicy policy, Instant at) {
        return new Promises(policy).acceptWhileOpen(event(contactId, request, at));
    }

    private static CallbackRequested event(UUID contactId, CallbackRequest request, Instant at) {
        return CallbackRequested.newBuilder()
                .setContactId(contactId.toString())
                .setRequestedAt(at)
                .setCustomer(request.requester().asCustomer())
                .setPhoneNumber(request.phoneNumber())
                .setLanguage(request.language())
                .setImpact(guichet.events.Impact.valueOf(request.impact().name()))
                .setTopic(request.topic())
                .setQuestion(request.question())
                .setSite(request.site())
                .build();
    }
}
