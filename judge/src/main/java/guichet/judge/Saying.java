package guichet.judge;

import guichet.events.ContactConverted;
import guichet.events.ContactLeft;
import guichet.events.ContactQueued;
import guichet.events.ConvertedConversationEnded;
import guichet.events.OfferClosed;
import guichet.events.OfferMade;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketCreated;
import guichet.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/** What a service says of a contact, as far as it can be recomputed. Bears no personal data. */
sealed interface Saying {

    /** What the sayings of one contact are compared by; in each of these they have an order. */
    enum Part {
        QUEUE,
        CLOCK,
        CONVERSION,
        TICKET,
        DESKTOPS
    }

    /** The instant that it is about, after which it must be there. */
    Instant at();

    Part part();

    /**
     * @param queue the topic
     * @param line as {@link guichet.policy.Line} writes it, here and below
     */
    record Queued(
            Instant at,
            String queue,
            String line,
            String priority,
            @Nullable Instant due,
            long headStartMillis,
            boolean outOfScope,
            @Nullable String preferredAgent)
            implements Saying {
        @Override
        public Part part() {
            return Part.QUEUE;
        }
    }

    record Due(Instant at, String line, @Nullable Instant before, Instant due, long openMillis)
            implements Saying {
        @Override
        public Part part() {
            return Part.CLOCK;
        }
    }

    record DueSoon(Instant at, String line, Instant due) implements Saying {
        @Override
        public Part part() {
            return Part.CLOCK;
        }
    }

    record Breached(Instant at, String line, long openMillisAllowed) implements Saying {
        @Override
        public Part part() {
            return Part.CLOCK;
        }
    }

    record Met(Instant at, String line, Instant due, String agentId, long openMillisUsed)
            implements Saying {
        @Override
        public Part part() {
            return Part.CLOCK;
        }
    }

    record Converted(
            Instant at,
            String ticketId,
            String channel,
            String language,
            String agentId,
            Instant answeredAt)
            implements Saying {
        @Override
        public Part part() {
            return Part.CONVERSION;
        }
    }

    record Ended(
            Instant at,
            String ticketId,
            String channel,
            String agentId,
            Instant convertedAt,
            long millisAfterConversion)
            implements Saying {
        @Override
        public Part part() {
            return Part.CONVERSION;
        }
    }

    /** The ticket that a conversation became. */
    record Ticket(
            Instant at,
            String ticketId,
            String channel,
            String customerId,
            String plan,
            String language,
            String impact,
            @Nullable String topic,
            @Nullable String agentId,
            @Nullable String transcript)
            implements Saying {
        @Override
        public Part part() {
            return Part.TICKET;
        }
    }

    /** What an agent's desktop is told: the contact is held out to the agent. */
    record Offered(
            Instant at,
            String offerId,
            String agentId,
            String language,
            String channel,
            String priority,
            Instant expiresAt)
            implements Saying {
        @Override
        public Part part() {
            return Part.DESKTOPS;
        }
    }

    record OfferOver(Instant at, String offerId, String agentId, String outcome) implements Saying {
        @Override
        public Part part() {
            return Part.DESKTOPS;
        }
    }

    /** The contact that an agent had is his no longer. */
    record Left(Instant at, String agentId) implements Saying {
        @Override
        public Part part() {
            return Part.DESKTOPS;
        }
    }

    /** A saying, and the contact that it is of. */
    record Of(String contactId, Saying saying) {}

    /** What an event says; empty for events that no rule of ours recomputes. */
    static Optional<Of> saidBy(Topic topic, SpecificRecord event) {
        return switch (event) {
            case ContactQueued it ->
                    Optional.of(
                            new Of(
                                    it.getContactId(),
                                    new Queued(
                                            it.getQueuedAt(),
                                            topic.name(),
                                            line(it.getLanguage(), it.getPlan(), it.getChannel()),
                                            it.getPriority().name(),
                                            it.getDue(),
                                            it.getHeadStartMillis(),
                                            it.getOutOfScope(),
                                            it.getPreferredAgent())));
            case ResponseDueChanged it ->
                    Optional.of(
                            new Of(
                                    it.getContactId(),
                                    new Due(
                                            it.getChangedAt(),
                                            line(it.getLanguage(), it.getPlan(), it.getChannel()),
                                            it.getPreviousDue(),
                                            it.getDue(),
                                            it.getOpenMillis())));
            case ResponseDueSoon it ->
                    Optional.of(
                            new Of(
                                    it.getContactId(),
                                    new DueSoon(
                                            it.getWarnedAt(),
                                            line(it.getLanguage(), it.getPlan(), it.getChannel()),
                                            it.getDue())));
            case ResponseBreached it ->
                    Optional.of(
                            new Of(
                                    it.getContactId(),
                                    new Breached(
                                            it.getDue(),
                                            line(it.getLanguage(), it.getPlan(), it.getChannel()),
                                            it.getOpenMillisAllowed())));
            case ResponseMet it ->
                    Optional.of(
                            new Of(
                                    it.getContactId(),
                                    new Met(
                                            it.getAnsweredAt(),
                                            line(it.getLanguage(), it.getPlan(), it.getChannel()),
                                            it.getDue(),
                                            it.getAgentId(),
                                            it.getOpenMillisUsed())));
            case ContactConverted it ->
                    Optional.of(
                            new Of(
                                    it.getContactId(),
                                    new Converted(
                                            it.getConvertedAt(),
                                            it.getTicketId(),
                                            it.getChannel().name(),
                                            it.getLanguage(),
                                            it.getAgentId(),
                                            it.getAnsweredAt())));
            case ConvertedConversationEnded it ->
                    Optional.of(
                            new Of(
                                    it.getContactId(),
                                    new Ended(
                                            it.getEndedAt(),
                                            it.getTicketId(),
                                            it.getChannel().name(),
                                            it.getAgentId(),
                                            it.getConvertedAt(),
                                            it.getMillisAfterConversion())));
            case TicketCreated it when it.getConvertedFrom() != null ->
                    Optional.of(
                            new Of(
                                    it.getConvertedFrom().getContactId(),
                                    new Ticket(
                                            it.getCreatedAt(),
                                            it.getContactId(),
                                            it.getConvertedFrom().getChannel().name(),
                                            it.getCustomer().getCustomerId(),
                                            it.getCustomer().getPlan().name(),
                                            String.valueOf(it.getLanguage()),
                                            it.getImpact().name(),
                                            it.getTopic(),
                                            it.getConvertedFrom().getAgentId(),
                                            it.getConvertedFrom().getTranscript())));
            case OfferMade it ->
                    Optional.of(
                            new Of(
                                    it.getContactId(),
                                    new Offered(
                                            it.getOfferedAt(),
                                            it.getOfferId(),
                                            it.getAgentId(),
                                            it.getLanguage(),
                                            it.getChannel().name(),
                                            it.getPriority().name(),
                                            it.getExpiresAt())));
            case OfferClosed it ->
                    Optional.of(
                            new Of(
                                    it.getContactId(),
                                    new OfferOver(
                                            it.getClosedAt(),
                                            it.getOfferId(),
                                            it.getAgentId(),
                                            it.getOutcome().name())));
            case ContactLeft it ->
                    Optional.of(
                            new Of(it.getContactId(), new Left(it.getLeftAt(), it.getAgentId())));
            default -> Optional.empty();
        };
    }

    private static String line(String language, Object plan, Object channel) {
        return language + " " + plan + " " + channel;
    }
}
