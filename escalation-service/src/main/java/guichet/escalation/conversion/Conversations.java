package guichet.escalation.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.Channel;
import guichet.events.ContactConverted;
import guichet.events.Customer;
import guichet.events.Impact;
import guichet.events.Origin;
import guichet.events.Plan;
import guichet.events.TicketCreated;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * When a conversation becomes a ticket, and what that ticket says. Decided by when things happened,
 * not by when they were read.
 */
final class Conversations {

    /** The two events of a conversion; both happened at {@link ContactConverted#getConvertedAt}. */
    record Conversion(TicketCreated ticket, ContactConverted converted) {}

    private static final int LONGEST_SUBJECT = 120;

    private final SupportPolicy policy;

    Conversations(SupportPolicy policy) {
        this.policy = policy;
    }

    /**
     * The instant at which the conversation lasts too long, counted from the moment an agent joined
     * or the call connected; empty where that cannot happen (any more).
     */
    Optional<Instant> convertsAt(Conversation conversation) {
        Instant answeredAt = conversation.getAnsweredAt();
        if (answeredAt == null
                || conversation.getBeginning() == null
                || conversation.getConverted()) {
            return Optional.empty();
        }
        Instant limit = answeredAt.plus(policy.conversationLimit(answeredAt));
        Instant endedAt = conversation.getEndedAt();
        return endedAt != null && endedAt.isBefore(limit) ? Optional.empty() : Optional.of(limit);
    }

    /**
     * Makes the ticket. Its id derives from the original's, so that the same conversion has the
     * same id however often it is computed.
     *
     * @param at as {@link #convertsAt} gave it
     */
    Conversion convert(String contactId, Conversation conversation, Instant at) {
        String ticketId =
                UUID.nameUUIDFromBytes(("conversion\n" + contactId).getBytes(UTF_8)).toString();
        Beginning beginning = conversation.getBeginning();
        Channel channel = Channel.valueOf(conversation.getChannel());
        TicketCreated ticket =
                TicketCreated.newBuilder()
                        .setContactId(ticketId)
                        .setCreatedAt(at)
                        .setCustomer(
                                Customer.newBuilder()
                                        .setCustomerId(beginning.getCustomerId())
                                        .setName(beginning.getName())
                                        .setEmail(beginning.getEmail())
                                        .setPlan(Plan.valueOf(beginning.getPlan()))
                                        .build())
                        .setLanguage(beginning.getLanguage())
                        .setImpact(Impact.valueOf(beginning.getImpact()))
                        .setTopic(beginning.getTopic())
                        .setSubject(subject(beginning))
                        .setDescription(description(beginning))
                        .setSite(beginning.getSite())
                        .setConvertedFrom(
                                Origin.newBuilder()
                                        .setContactId(contactId)
                                        .setChannel(channel)
                                        .setAgentId(conversation.getAgentId())
                                        .setTranscript(beginning.getTranscript())
                                        .setPhoneNumber(beginning.getPhoneNumber())
                                        .build())
                        .build();
        ContactConverted converted =
                ContactConverted.newBuilder()
                        .setContactId(contactId)
                        .setTicketId(ticketId)
                        .setChannel(channel)
                        .setLanguage(beginning.getLanguage())
                        .setAgentId(conversation.getAgentId())
                        .setAnsweredAt(conversation.getAnsweredAt())
                        .setConvertedAt(at)
                        .setPolicyVersion(policy.version())
                        .setReasons(List.of(reason(channel, conversation.getAnsweredAt())))
                        .build();
        return new Conversion(ticket, converted);
    }

    private static @Nullable String subject(Beginning beginning) {
        String question = beginning.getQuestion();
        if (question == null) {
            return null;
        }
        String line = question.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST_SUBJECT
                ? line
                : line.substring(0, LONGEST_SUBJECT - 1) + "…";
    }

    private static String description(Beginning beginning) {
        String question = beginning.getQuestion();
        return question == null ? "" : question;
    }

    private String reason(Channel channel, Instant answeredAt) {
        String limit = policy.conversationLimit(answeredAt).toString().substring(2).toLowerCase();
        return channel == Channel.PHONE
                ? "E2: a call of " + limit + " becomes a ticket"
                : "E1: a chat of " + limit + " becomes a ticket";
    }
}
