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
import guichet.policy.Language;
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
        return outcome instanceof Outcome.Accepted alone
                ? waiting.of(request.requester().customerId(), request.phoneNumber(), at)
                        .filter(first -> mayJoin(first, alone))
                        .map(first -> joined(first, request, policy, at))
                        .orElse(outcome)
                : outcome;
    }

    /** A request that would be promised a time does not join a call that has none (S2). */
    private static boolean mayJoin(WaitingCalls.Call first, Outcome.Accepted alone) {
        return first.respondBy() != null || alone.answer().respondBy() == null;
    }

    /**
     * The request is put down all the same, under the first one's id. Should the log not have the
     * first, it is not lost; readers that have the first ignore it.
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
                        message(first, policy, at)));
    }

    private static String message(WaitingCalls.Call first, SupportPolicy policy, Instant at) {
        Language language = first.language();
        Instant due = first.respondBy();
        if (due == null) {
            return Words.say(language, "PHONE.outOfScope");
        }
        if (!due.isAfter(at)) {
            return Words.say(language, "PHONE.joined.late");
        }
        Line line = new Line(language, first.plan(), Channel.PHONE);
        return Words.say(
                language, "PHONE.joined", Words.moment(language, due, policy.hours(line).zone()));
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
