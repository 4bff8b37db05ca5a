package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What the policy says from an instant on, until its next edition.
 *
 * @param from {@link Instant#MIN} for the first
 * @param lines what holds for each line; every line is in it
 * @param topics in the order of the policy file
 * @param conversationLimit how long a chat or a call may last before it becomes a ticket (E1, E2)
 * @param offers how contacts are held out to agents
 */
record Edition(
        Instant from,
        Map<Line, LinePolicy> lines,
        Map<String, TopicRule> topics,
        PriorityTable priorities,
        Duration conversationLimit,
        OfferRules offers) {

    Edition {
        lines = Map.copyOf(lines);
    }
}
