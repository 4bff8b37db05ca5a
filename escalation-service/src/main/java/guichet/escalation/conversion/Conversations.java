package guichet.escalation.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.Channel;
import guichet.events.ContactConverted;
import guichet.events.ConvertedConversationEnded;
import guichet.events.Customer;
import guichet.events.Impact;
import guichet.events.Origin;
import guichet.events.Plan;
import guichet.events.TicketCreated;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * When a conversation becomes a ticket, what that ticket says, and how the end of the conversation
 * is linked to it. Decided by when things happened, not by when they were read: of several answers,
 * or several ends, the earliest counts. A conversion stands, whatever is read after it.
 */
final class Conversations {

    /** The two events of a conversion; both happened at {@link ContactConverted#getConvertedAt}. */
    record Conversion(TicketCreated ticket, ContactConverted converted) {}

    /** In characters as readers count them, or nearly so: code points. */
    private static final int LONGEST_SUBJECT = 120;

    private final SupportPolicy policy;

    Conversations(SupportPolicy policy) {
        this.policy = policy;
    }

    /**
     * Takes note that an agent joined or the call connected.
     *
     * @return whether that changes anything
     */
    boolean answered(Conversation conversation, Instant at, String agentId) {
        if (conversation.getConverted() || !isFirst(at, conversation.getAnsweredAt())) {
            return false;
        }
        conversation.setAnsweredAt(at);
        conversation.setAgentId(agentId);
        return true;
    }

    /**
     * Takes note that it ended. Once the end of a converted conversation is known, it is linked,
     * and stays as it was told.
     *
     * @return whether that changes anything
     */
    boolean ended(Conversation conversation, Instant at) {
        Instant known = conversation.getEndedAt();
        if (conversation.getConverted() ? known != null : !isFirst(at, known)) {
            return false;
        }
        conversation.setEndedAt(at);
        return true;
    }

    private static boolean isFirst(Instant at, @Nullable Instant known) {
        return known == null || at.isBefore(known);
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
        Instant limit = limit(answeredAt);
        Instant endedAt = conversation.getEndedAt();
        return endedAt != null && endedAt.isBefore(limit) ? Optional.empty() : Optional.of(limit);
    }

    /**
     * Makes the ticket, and marks the conversation as converted.
     *
     * @param at as {@link #convertsAt} gave it
     */
    Conversion convert(String contactId, Conversation conversation, Instant at) {
        String ticketId = ticketId(contactId);
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
                        .setReasons(List.of(reason(channel, conversation.getAnsweredAt(), at)))
                        .build();
        conversation.setConverted(true);
        conversation.setConvertedAt(at);
        return new Conversion(ticket, converted);
    }

    /** What links the end of a conversation to its ticket; empty until both are there. */
    Optional<ConvertedConversationEnded> linkedEnd(String contactId, Conversation conversation) {
        Instant endedAt = conversation.getEndedAt();
        if (!conversation.getConverted() || endedAt == null) {
            return Optional.empty();
        }
        Instant convertedAt =
                Optional.ofNullable(conversation.getConvertedAt())
                        .orElseGet(() -> limit(conversation.getAnsweredAt()));
        return Optional.of(
                ConvertedConversationEnded.newBuilder()
                        .setContactId(contactId)
                        .setTicketId(ticketId(contactId))
                        .setChannel(Channel.valueOf(conversation.getChannel()))
                        .setAgentId(conversation.getAgentId())
                        .setConvertedAt(convertedAt)
                        .setEndedAt(endedAt)
                        .setMillisAfterConversion(
                                Math.max(0, Duration.between(convertedAt, endedAt).toMillis()))
                        .build());
    }

    private Instant limit(Instant answeredAt) {
        return answeredAt.plus(policy.conversationLimit(answeredAt));
    }

    /** The same for the same original, however often its conversion is computed. */
    private static String ticketId(String contactId) {
        return UUID.nameUUIDFromBytes(("conversion\n" + contactId).getBytes(UTF_8)).toString();
    }

    private static @Nullable String subject(Beginning beginning) {
        String question = beginning.getQuestion();
        if (question == null || question.isBlank()) {
            return null;
        }
        String line = question.strip().lines().findFirst().orElseThrow();
        return line.codePointCount(0, line.length()) <= LONGEST_SUBJECT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
    }

    private static String description(Beginning beginning) {
        String question = beginning.getQuestion();
        return question == null ? "" : question;
    }

    private static String reason(Channel channel, Instant answeredAt, Instant convertedAt) {
        String time = Duration.between(answeredAt, convertedAt).toString();
        String limit = time.substring(2).toLowerCase(Locale.ROOT);
        return channel == Channel.PHONE
                ? "E2: a call of " + limit + " becomes a ticket"
                : "E1: a chat of " + limit + " becomes a ticket";
    }
}
