package guichet.intake.callbacks;

import guichet.chassis.forms.Form;
import guichet.events.CallbackRequested;
import guichet.intake.contacts.Answer;
import guichet.intake.contacts.FirstWords;
import guichet.intake.contacts.Outcome;
import guichet.intake.contacts.Promises;
import guichet.intake.contacts.Reception;
import guichet.intake.identity.Caller.SignedIn;
import guichet.intake.words.Words;
import guichet.policy.Channel;
import guichet.policy.Line;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import java.time.Instant;
import java.util.UUID;

/**
 * Takes callbacks while the line is open; refuses them with the next opening while not (C6). A
 * second request for a number joins the first while the customer waits for that call.
 */
final class CallbackReception implements Reception<SignedIn, CallbackRequest> {

    private final WaitingCalls waiting;

    CallbackReception(WaitingCalls waiting) {
        this.waiting = waiting;
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
    public Outcome decide(
            UUID contactId, CallbackRequest request, SupportPolicy policy, Instant at) {
        Outcome outcome = new Promises(policy).acceptWhileOpen(event(contactId, request, at));
        return outcome instanceof Outcome.Accepted
                ? waiting.of(request.requester().customerId(), request.phoneNumber(), at)
                        .map(first -> joined(first, request, policy, at))
                        .orElse(outcome)
                : outcome;
    }

    /**
     * The request is put down all the same, under the first one's id, so that it cannot get lost
     * should the log not have the first; who has the first takes no note of it.
     */
    private static Outcome joined(
            WaitingCalls.Call first, CallbackRequest request, SupportPolicy policy, Instant at) {
        return new Outcome.Accepted(
                first.language(),
                event(first.id(), request, first.requestedAt()),
                new Answer(
                        first.id().toString(),
                        Channel.PHONE,
                        first.language().tag(),
                        first.respondBy(),
                        first.respondBy().isAfter(at)
                                ? Words.say(first.language(), "PHONE.joined", due(first, policy))
                                : Words.say(first.language(), "PHONE.joined.late")));
    }

    private static String due(WaitingCalls.Call call, SupportPolicy policy) {
        Line line = new Line(call.language(), call.plan(), Channel.PHONE);
        return Words.moment(call.language(), call.respondBy(), policy.hours(line).zone());
    }

    private static CallbackRequested event(UUID contactId, CallbackRequest request, Instant at) {
        FirstWords words = request.words();
        return CallbackRequested.newBuilder()
                .setContactId(contactId.toString())
                .setRequestedAt(at)
                .setCustomer(request.requester().asCustomer())
                .setPhoneNumber(request.phoneNumber())
                .setLanguage(words.language())
                .setImpact(guichet.events.Impact.valueOf(words.impact().name()))
                .setTopic(words.topic())
                .setQuestion(words.question())
                .setSite(words.site())
                .build();
    }
}
