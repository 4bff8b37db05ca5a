package guichet.judge;

import guichet.events.CallbackRequested;
import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.events.Origin;
import guichet.events.TicketCreated;
import guichet.policy.Channel;
import guichet.policy.Impact;
import guichet.policy.Language;
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
 * A contact as its first event tells it, in the terms of the support policy.
 *
 * @param line language (L1), plan and channel
 * @param scope whether there is a target (S1 to S3)
 * @param preferredAgent who had the conversation that it continues (E1, E2)
 * @param transcript of a chat
 */
record Contact(
        String id,
        Instant createdAt,
        Line line,
        Scope scope,
        Customer customer,
        Impact impact,
        @Nullable String topic,
        @Nullable String preferredAgent,
        @Nullable String transcript) {

    /** The contact that an event begins; empty for the other events. */
    static Optional<Contact> begunBy(SpecificRecord event, SupportPolicy policy) {
        return switch (event) {
            case TicketCreated it -> Optional.of(ticket(it, policy));
            case ChatStarted it -> Optional.of(chat(it, policy));
            case CallbackRequested it -> Optional.of(callback(it, policy));
            default -> Optional.empty();
        };
    }

    private static Contact ticket(TicketCreated event, SupportPolicy policy) {
        Language language =
                language(policy, event.getLanguage(), event.getSubject(), event.getDescription());
        Scope byTopic = policy.scope(event.getTopic(), event.getCreatedAt());
        Origin origin = event.getConvertedFrom();
        return new Contact(
                event.getContactId(),
                event.getCreatedAt(),
                new Line(language, plan(event.getCustomer()), Channel.WEB),
                byTopic == Scope.IN && event.getOutOfScope() ? Scope.OUT : byTopic,
                event.getCustomer(),
                Impact.valueOf(event.getImpact().name()),
                event.getTopic(),
                origin == null ? null : origin.getAgentId(),
                null);
    }

    private static Contact chat(ChatStarted event, SupportPolicy policy) {
        Language language = language(policy, event.getLanguage(), event.getQuestion());
        return new Contact(
                event.getContactId(),
                event.getStartedAt(),
                new Line(language, plan(event.getCustomer()), Channel.CHAT),
                policy.scope(event.getTopic(), event.getStartedAt()),
                event.getCustomer(),
                Impact.valueOf(event.getImpact().name()),
                event.getTopic(),
                null,
                event.getTranscript());
    }

    private static Contact callback(CallbackRequested event, SupportPolicy policy) {
        Language language = language(policy, event.getLanguage(), event.getQuestion());
        return new Contact(
                event.getContactId(),
                event.getRequestedAt(),
                new Line(language, plan(event.getCustomer()), Channel.PHONE),
                policy.scope(event.getTopic(), event.getRequestedAt()),
                event.getCustomer(),
                Impact.valueOf(event.getImpact().name()),
                event.getTopic(),
                null,
                null);
    }

    PriorityChoice priority(SupportPolicy policy) {
        return policy.priority(line.channel(), line.plan(), impact, scope, createdAt);
    }

    Optional<ResponseTarget> target(SupportPolicy policy) {
        return policy.respondBy(line, scope, createdAt);
    }

    private static Language language(
            SupportPolicy policy, @Nullable String declared, @Nullable String... words) {
        String text =
                Stream.of(words).flatMap(Stream::ofNullable).collect(Collectors.joining("\n"));
        return policy.languageOf(declared, text).language();
    }

    private static Plan plan(Customer customer) {
        return Plan.valueOf(customer.getPlan().name());
    }
}
