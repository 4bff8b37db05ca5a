package guichet.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.policy.Channel;
import guichet.policy.Line;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What must be said of one chat or call that may last too long (E1, E2). */
final class ConversationStory {

    private final Contact contact;
    private final SupportPolicy policy;
    private final Line line;
    private final String ticketId;
    private final List<Saying> says = new ArrayList<>();

    private @Nullable Fact answer;
    private @Nullable Instant endedAt;
    private boolean converted;
    private boolean linked;

    private ConversationStory(Contact contact, SupportPolicy policy) {
        this.contact = contact;
        this.policy = policy;
        this.line = contact.line();
        this.ticketId =
                UUID.nameUUIDFromBytes(("conversion\n" + contact.id()).getBytes(UTF_8)).toString();
    }

    /** Tells it, with the ticket that is made; empty where there is no conversion. */
    static List<Saying> of(Contact contact, SupportPolicy policy, List<Reading> readings) {
        if (contact.line().channel() == Channel.WEB) {
            return List.of();
        }
        ConversationStory story = new ConversationStory(contact, policy);
        for (Reading reading : readings) {
            if (reading.fact().spoken()) {
                story.goOnTo(reading.at());
                story.note(reading.fact());
            }
        }
        story.goOnTo(Instant.MAX);
        return story.says;
    }

    /** What happens at the limit itself is known then. */
    private void goOnTo(Instant now) {
        if (answer == null || converted || !limit(answer).isBefore(now)) {
            return;
        }
        Instant at = limit(answer);
        if (endedAt == null || !endedAt.isBefore(at)) {
            convert(answer, at);
        }
    }

    private void note(Fact fact) {
        if (fact.isAnswer()) {
            if (answer == null || fact.at().isBefore(answer.at())) {
                answer = converted ? answer : fact;
            }
        } else if (endedAt == null || (!converted && fact.at().isBefore(endedAt))) {
            endedAt = fact.at();
            linkEnd();
        }
    }

    private void convert(Fact answered, Instant at) {
        String channel = line.channel().name();
        String language = line.language().tag();
        String agentId = String.valueOf(answered.agentId());
        converted = true;
        says.add(new Saying.Converted(at, ticketId, channel, language, agentId, answered.at()));
        says.add(
                new Saying.Ticket(
                        at,
                        ticketId,
                        channel,
                        contact.customer().getCustomerId(),
                        line.plan().name(),
                        language,
                        contact.impact().name(),
                        contact.topic(),
                        agentId,
                        contact.transcript()));
        linkEnd();
    }

    private void linkEnd() {
        if (!converted || linked || answer == null || endedAt == null) {
            return;
        }
        linked = true;
        Instant convertedAt = limit(answer);
        says.add(
                new Saying.Ended(
                        endedAt,
                        ticketId,
                        line.channel().name(),
                        String.valueOf(answer.agentId()),
                        convertedAt,
                        Math.max(0, Duration.between(convertedAt, endedAt).toMillis())));
    }

    private Instant limit(Fact answered) {
        return answered.at().plus(policy.conversationLimit(answered.at()));
    }
}
