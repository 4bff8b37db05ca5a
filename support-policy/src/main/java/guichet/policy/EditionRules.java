package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that an edition of the policy file says, before it is put together line by line.
 *
 * @param from {@link Instant#MIN} for the first, {@link #UNREADABLE} where it cannot be read
 */
record EditionRules(
        Instant from,
        Map<Line, Rule<Week>> weeks,
        List<Rule<SpecialDays>> specialDays,
        List<Rule<ClosureRule>> closures,
        Map<Line, Rule<Target>> targets,
        Share dueSoon,
        Map<String, TopicRule> topics,
        PriorityTable priorities,
        Duration conversationLimit,
        OfferRules offers) {

    static final Instant UNREADABLE = Instant.MAX;

    boolean beginsTooEarlyAfter(EditionRules before) {
        return !before.from.equals(UNREADABLE) && !from.isAfter(before.from);
    }
}
