package guichet.intake.requests;

import guichet.events.CallEnded;
import guichet.events.ChatEnded;
import guichet.events.EndedBy;
import guichet.policy.Channel;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;

/** What becomes of a request that its customer takes back. */
sealed interface Withdrawal {

    /** It ends, once the event stands in the log. */
    record Ends(Topic topic, SpecificRecord event) implements Withdrawal {}

    /** It has ended already, without an answer. */
    record Over() implements Withdrawal {}

    /** It cannot be taken back; the words are in the bundle, as {@code withdrawal.<name>}. */
    enum Refused implements Withdrawal {
        /** Tickets are answered by e-mail, and closed by whoever answers. */
        TICKET,
        /** Somebody has responded. */
        ANSWERED
    }

    /** Decides about a request of the customer's own. */
    static Withdrawal of(KnownRequest request, Instant at) {
        if (request.channel() == Channel.WEB) {
            return Refused.TICKET;
        }
        return switch (request.state()) {
            case WAITING, ASSIGNED -> ends(request, at);
            case ANSWERED, CONVERTED -> Refused.ANSWERED;
            case WITHDRAWN -> new Over();
            case CLOSED -> request.answeredAt() == null ? new Over() : Refused.ANSWERED;
        };
    }

    private static Withdrawal ends(KnownRequest request, Instant at) {
        return switch (request.channel()) {
            case CHAT -> new Ends(Topics.CHATS, new ChatEnded(request.id(), at, EndedBy.CUSTOMER));
            case PHONE ->
                    new Ends(Topics.CALLBACKS, new CallEnded(request.id(), at, EndedBy.CUSTOMER));
            case WEB -> throw new IllegalArgumentException("a ticket does not end so");
        };
    }
}
