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
import guichet.schemas.Contract;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

    /** Ends a description that was cut. */
    private static final String CUT = "…\n[cut: too long for a ticket]";

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
        conversation.setConvertsAt(limit(at));
        conversation.setPolicyVersion(policy.version());
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
     * or the call connected; empty where that cannot happen (any more). Another policy changes
     * nothing of conversations that were answered under the one before.
     */
    Optional<Instant> convertsAt(Conversation conversation) {
        if (conversation.getAnsweredAt() == null
                || conversation.getBeginning() == null
                || conversation.getConverted()) {
            return Optional.empty();
        }
        Instant limit = limit(conversation);
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
                fitting(
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
                                .build());
        ContactConverted converted =
                ContactConverted.newBuilder()
                        .setContactId(contactId)
                        .setTicketId(ticketId)
                        .setChannel(channel)
                        .setLanguage(beginning.getLanguage())
                        .setAgentId(conversation.getAgentId())
                        .setAnsweredAt(conversation.getAnsweredAt())
                        .setConvertedAt(at)
                        .setPolicyVersion(
                                Objects.requireNonNullElseGet(
                                        conversation.getPolicyVersion(), policy::version))
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
                        .orElseGet(() -> limit(conversation));
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

    private Instant limit(Conversation answered) {
        Instant kept = answered.getConvertsAt();
        return kept != null ? kept : limit(answered.getAnsweredAt());
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

    /** A first question that only just fits its own event is too long for one that says more. */
    private static TicketCreated fitting(TicketCreated ticket) {
        int excess = size(ticket) - Contract.LARGEST_EVENT;
        if (excess > 0) {
            ticket.setDescription(shorter(ticket.getDescription(), excess));
        }
        return ticket;
    }

    /** In Avro's single-object encoding, which takes five bytes more than the wire format. */
    private static int size(TicketCreated ticket) {
        try {
            return TicketCreated.getEncoder().encode(ticket).remaining();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shorter(String text, int excess) {
        byte[] bytes = text.getBytes(UTF_8);
        int length = Math.max(0, bytes.length - excess - CUT.getBytes(UTF_8).length);
        while (length > 0 && isWithinCharacter(bytes[length])) {
            length--;
        }
        return new String(bytes, 0, length, UTF_8) + CUT;
    }

    private static boolean isWithinCharacter(byte utf8) {
        return (utf8 & 0xC0) == 0x80;
    }

    private static String reason(Channel channel, Instant answeredAt, Instant convertedAt) {
        String time = Duration.between(answeredAt, convertedAt).toString();
        String limit = time.substring(2).toLowerCase(Locale.ROOT);
        return channel == Channel.PHONE
                ? "E2: a call of " + limit + " becomes a ticket"
                : "E1: a chat of " + limit + " becomes a ticket";
    }
}
