package guichet.chassis;

import guichet.events.CallbackRequested;
import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.events.Origin;
import guichet.events.TicketCreated;
import guichet.policy.Channel;
import guichet.policy.Impact;
import guichet.policy.LanguageChoice;
import guichet.policy.Line;
import guichet.policy.Plan;
import guichet.policy.Scope;
import guichet.policy.SupportPolicy;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the first event of a contact says, whatever its channel. Every service reads it here, so
 * that all of them decide on the same facts.
 *
 * @param createdAt when the customer asked, or the conversion was made
 * @param declaredLanguage BCP 47 tag; null when the customer declared none
 * @param text the customer's own words, empty when there are none
 * @param topic as the support policy names it; null when none was chosen
 * @param outOfScope whether intake marked it as such (S2)
 * @param preferredAgent who had the conversation that it continues (E1, E2); null for others
 */
public record NewContact(
        String contactId,
        Instant createdAt,
        Channel channel,
        Plan plan,
        Impact impact,
        @Nullable String declaredLanguage,
        String text,
        @Nullable String topic,
        boolean outOfScope,
        @Nullable String preferredAgent) {

    /** The contact that an event begins; empty for an event of a contact's later life. */
    public static Optional<NewContact> of(SpecificRecord event) {
        return switch (event) {
            case TicketCreated ticket -> Optional.of(of(ticket));
            case ChatStarted chat -> Optional.of(of(chat));
            case CallbackRequested callback -> Optional.of(of(callback));
            default -> Optional.empty();
        };
    }

    /** The language queue it belongs to (L1), and why. */
    public LanguageChoice language(SupportPolicy policy) {
        return policy.languageOf(declaredLanguage, text);
    }

    /** The line whose opening hours count, once its language is known. */
    public Line line(LanguageChoice language) {
        return new Line(language.language(), plan, channel);
    }

    /** Whether the desk helps with it (S1 to S3), as the policy says or intake has marked it. */
    public Scope scope(SupportPolicy policy) {
        Scope byTopic = policy.scope(topic, createdAt);
        return byTopic == Scope.IN && outOfScope ? Scope.OUT : byTopic;
    }

    private static NewContact of(TicketCreated ticket) {
        Origin origin = ticket.getConvertedFrom();
        return new NewContact(
                ticket.getContactId(),
                ticket.getCreatedAt(),
                Channel.WEB,
                plan(ticket.getCustomer()),
                Impact.valueOf(ticket.getImpact().name()),
                ticket.getLanguage(),
                words(ticket.getSubject(), ticket.getDescription()),
                ticket.getTopic(),
                ticket.getOutOfScope(),
                origin == null ? null : origin.getAgentId());
    }

    private static NewContact of(ChatStarted chat) {
        return new NewContact(
                chat.getContactId(),
                chat.getStartedAt(),
                Channel.CHAT,
                plan(chat.getCustomer()),
                Impact.valueOf(chat.getImpact().name()),
                chat.getLanguage(),
                words(chat.getQuestion()),
                chat.getTopic(),
                false,
                null);
    }

    private static NewContact of(CallbackRequested callback) {
        return new NewContact(
                callback.getContactId(),
                callback.getRequestedAt(),
                Channel.PHONE,
                plan(callback.getCustomer()),
                Impact.valueOf(callback.getImpact().name()),
                callback.getLanguage(),
                words(callback.getQuestion()),
                callback.getTopic(),
                false,
                null);
    }

    private static Plan plan(Customer customer) {
        return Plan.valueOf(customer.getPlan().name());
    }

    private static String words(@Nullable String... parts) {
        return Stream.of(parts).flatMap(Stream::ofNullable).collect(Collectors.joining("\n"));
    }
}
