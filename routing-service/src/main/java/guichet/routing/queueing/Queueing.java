package guichet.routing.queueing;

import guichet.chassis.NewContact;
import guichet.events.ContactQueued;
import guichet.policy.LanguageChoice;
import guichet.policy.PriorityChoice;
import guichet.policy.ResponseTarget;
import guichet.policy.Scope;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/** Which queue a contact joins, and with what priority, by the support policy. */
final class Queueing {

    private Queueing() {}

    /**
     * Queues a contact.
     *
     * @param policy with the closures that stand announced
     */
    static ContactQueued queue(NewContact contact, SupportPolicy policy) {
        LanguageChoice language = contact.language(policy);
        Scope scope = contact.scope(policy);
        PriorityChoice priority =
                policy.priority(
                        contact.channel(),
                        contact.plan(),
                        contact.impact(),
                        scope,
                        contact.createdAt());
        @Nullable ResponseTarget target =
                policy.respondBy(contact.line(language), scope, contact.createdAt()).orElse(null);
        return ContactQueued.newBuilder()
                .setContactId(contact.contactId())
                .setQueuedAt(contact.createdAt())
                .setChannel(guichet.events.Channel.valueOf(contact.channel().name()))
                .setLanguage(language.language().tag())
                .setPlan(guichet.events.Plan.valueOf(contact.plan().name()))
                .setPriority(guichet.events.Priority.valueOf(priority.priority().name()))
                .setDue(target == null ? null : target.due())
                .setHeadStartMillis(priority.headStart().toMillis())
                .setOutOfScope(scope != Scope.IN)
                .setPreferredAgent(contact.preferredAgent())
                .setPolicyVersion(policy.version())
                .setReasons(reasons(language, priority, target))
                .build();
    }

    private static List<String> reasons(
            LanguageChoice language, PriorityChoice priority, @Nullable ResponseTarget target) {
        Stream<String> dueReasons =
                target == null
                        ? Stream.of("S2: out of scope, no target")
                        : target.reasons().stream();
        return Stream.concat(Stream.of(language.reason(), priority.reason()), dueReasons).toList();
    }
}
