package guichet.intake.callbacks;

import guichet.events.CallbackRequested;
import guichet.intake.contacts.Outcome;
import guichet.intake.contacts.Promises;
import guichet.intake.contacts.Reception;
import guichet.intake.forms.Form;
import guichet.intake.identity.Caller.SignedIn;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import java.time.Instant;
import java.util.UUID;

/** Takes callbacks while the line is open; refuses them with the next opening while not (C6). */
final class CallbackReception implements Reception<SignedIn, CallbackRequest> {

    private final SupportPolicy policy;
    private final Promises promises;

    CallbackReception(SupportPolicy policy) {
        this.policy = policy;
        this.promises = new Promises(policy);
    }

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
    public Outcome decide(UUID contactId, CallbackRequest request, Instant at) {
        Language language = policy.languageOf(request.language(), request.question()).language();
        Line line = new Line(language, request.requester().plan(), Channel.PHONE);
        return promises.closed(line, at)
                .<Outcome>map(closed -> closed)
                .orElseGet(
                        () ->
                                new Outcome.Accepted(
                                        language,
                                        event(contactId, request, at),
                                        promises.response(contactId, line, at)));
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
