package guichet.intake.chats;

import guichet.chassis.forms.Form;
import guichet.events.ChatStarted;
import guichet.intake.contacts.FirstWords;
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

/** Takes chats while the line is open; refuses them with the next opening while not (C6). */
final class ChatReception implements Reception<SignedIn, ChatRequest> {

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
    public Outcome decide(UUID contactId, ChatRequest request, SupportPolicy policy, Instant at) {
        return new Promises(policy).acceptWhileOpen(event(contactId, request, at));
    }

    private static ChatStarted event(UUID contactId, ChatRequest request, Instant at) {
        FirstWords words = request.words();
        return ChatStarted.newBuilder()
                .setContactId(contactId.toString())
                .setStartedAt(at)
                .setCustomer(request.requester().asCustomer())
                .setLanguage(words.language())
                .setImpact(guichet.events.Impact.valueOf(words.impact().name()))
                .setTopic(words.topic())
                .setQuestion(words.question())
                .setSite(words.site())
                .build();
    }
}
