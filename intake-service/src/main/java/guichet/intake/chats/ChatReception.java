package guichet.intake.chats;

import guichet.events.ChatStarted;
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

/** Takes chats while the line is open; refuses them with the next opening while not (C6). */
final class ChatReception implements Reception<SignedIn, ChatRequest> {

    private final SupportPolicy policy;
    private final Promises promises;

    ChatReception(SupportPolicy policy) {
        this.policy = policy;
        this.promises = new Promises(policy);
    }

    @Override
    public Channel channel() {
        return Channel.CHAT;
    }

    @Override
    public Topic topic() {
        return Topics.CHATS;
    }

    @Override
    public ChatRequest read(Form form, SignedIn caller) {
        return ChatRequest.read(form, caller);
    }

    @Override
    public Outcome decide(UUID contactId, ChatRequest request, Instant at) {
        Language language = policy.languageOf(request.language(), request.question()).language();
        Line line = new Line(language, request.requester().plan(), Channel.CHAT);
        return promises.closed(line, at)
                .<Outcome>map(closed -> closed)
                .orElseGet(
                        () ->
                                new Outcome.Accepted(
                                        language,
                                        event(contactId, request, at),
                                        promises.response(contactId, line, at)));
    }

    private static ChatStarted event(UUID contactId, ChatRequest request, Instant at) {
        return ChatStarted.newBuilder()
                .setContactId(contactId.toString())
                .setStartedAt(at)
                .setCustomer(request.requester().asCustomer())
                .setLanguage(request.language())
                .setImpact(guichet.events.Impact.valueOf(request.impact().name()))
                .setTopic(request.topic())
                .setQuestion(request.question())
                .setSite(request.site())
                .build();
    }
}
