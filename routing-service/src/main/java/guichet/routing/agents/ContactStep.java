package guichet.routing.agents;

import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.EndedBy;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;

import java.time.Instant;
import java.util.Optional;

/** What an agent does with a contact that they have. */
enum ContactStep {
    ANSWERED,
    ENDED,
    SOLVED;

    /** The topic on which a channel's contacts live. */
    static Topic topic(Channel channel) {
        return switch (channel) {
            case WEB -> Topics.TICKETS;
            case CHAT -> Topics.CHATS;
            case PHONE -> Topics.CALLBACKS;
        };
    }

    /** The step as its channel says it; empty where the channel has no such step. */
    Optional<SpecificRecord> event(Channel channel, String contactId, String agentId, Instant at) {
        return switch (this) {
            case ANSWERED ->
                    Optional.of(
                            switch (channel) {
                                case WEB -> new TicketAnswered(contactId, at, agentId);
                                case CHAT -> new ChatAnswered(contactId, at, agentId);
                                case PHONE -> new CallAnswered(contactId, at, agentId);
                            });
            case ENDED ->
                    switch (channel) {
                        case WEB -> Optional.empty();
                        case CHAT -> Optional.of(new ChatEnded(contactId, at, EndedBy.AGENT));
                        case PHONE -> Optional.of(new CallEnded(contactId, at, EndedBy.AGENT));
                    };
            case SOLVED ->
                    switch (channel) {
                        case WEB -> Optional.of(new TicketSolved(contactId, at, agentId));
                        case CHAT, PHONE -> Optional.empty();
                    };
        };
    }
}
