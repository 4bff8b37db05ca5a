package guichet.judge;

import guichet.events.CallbackRequested;
import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.events.TicketCreated;
import guichet.policy.Channel;
import guichet.policy.Impact;
import guichet.policy.Line;
import guichet.policy.Plan;
import guichet.policy.PriorityChoice;
import guichet.policy.ResponseTarget;
import guichet.policy.Scope;
import guichet.policy.SupportPolicy;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A contact as its first event tells it.
 *
 * @param text the customer's words, from which the language is told where none is declared (L1)
 * @param markedOutOfScope whether intake marked it so (S2)
 * @param preferredAgent who had the conversation that it continues (E1, E2)
 * @param transcript of a chat
 */
record Contact(
        String id,
        Instant createdAt,
        Channel channel,
        Customer customer,
        Impact impact,
        @Nullable String declaredLanguage,
        String text,
        @Nullable String topic,
        boolean markedOutOfScope,
        @Nullable String preferredAgent,
        @Nullable String transcript) {

    /** The contact that an event begins; empty for the other events. */
    static Optional<Contact> begunBy(SpecificRecord event) {
        return switch (event) {
            case TicketCreated it ->
                    Optional.of(
                            new Contact(
                                    it.getContactId(),
                                    it.getCreatedAt(),
                                    Channel.WEB,
                                    it.getCustomer(),
                                    Impact.valueOf(it.getImpact().name()),
                                    it.getLanguage(),
                                    words(it.getSubject(), it.getDescription()),
                                    it.getTopic(),
                                    it.getOutOfScope(),
                                    it.getConvertedFrom() == null
                                            ? null
                                            : it.getConvertedFrom().getAgentId(),
                                    null));
            case ChatStarted it ->
                    Optional.of(
                            new Contact(
                                    it.getContactId(),
                                    it.getStartedAt(),
                                    Channel.CHAT,
                                    it.getCustomer(),
                                    Impact.valueOf(it.getImpact().name()),
                                    it.getLanguage(),
                                    words(it.getQuestion()),
                                    it.getTopic(),
                                    false,
                                    null,
                                    it.getTranscript()));
            case CallbackRequested it ->
                    Optional.of(
                            new Contact(
                                    it.getContactId(),
                                    it.getRequestedAt(),
                                    Channel.PHONE,
                                    it.getCustomer(),
                                    Impact.valueOf(it.getImpact().name()),
                                    it.getLanguage(),
                                    words(it.getQuestion()),
                                    it.getTopic(),
                                    false,
                                    null,
                                    null));
            default -> Optional.empty();
        };
    }

    Line line(SupportPolicy policy) {
        return new Line(
                policy.languageOf(declaredLanguage, text).language(),
                Plan.valueOf(customer.getPlan().name()),
                channel);
    }

    Scope scope(SupportPolicy policy) {
        Scope byTopic = policy.scope(topic, createdAt);
        return byTopic == Scope.IN && markedOutOfScope ? Scope.OUT : byTopic;
    }

    PriorityChoice priority(SupportPolicy policy) {
        return policy.priority(channel, line(policy).plan(), impact, scope(policy), createdAt);
    }

    Optional<ResponseTarget> target(SupportPolicy policy) {
        return policy.respondBy(line(policy), scope(policy), createdAt);
    }

    private static String words(@Nullable String... parts) {
        return Stream.of(parts).flatMap(Stream::ofNullable).collect(Collectors.joining("\n"));
    }
}
