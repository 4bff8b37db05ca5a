package guichet.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Priority and head start (C1, S2, S6, T4).
 *
 * @param byImpact the priority each impact gives
 * @param byChannel what replaces it on a channel
 * @param outOfScope the priority of contacts out of scope, which get no head start
 * @param headStarts the head start each priority gives
 * @param planHeadStarts what a plan adds to it
 */
record PriorityTable(
        Map<Impact, Priority> byImpact,
        Map<Channel, Map<Impact, Priority>> byChannel,
        Priority outOfScope,
        Map<Priority, Duration> headStarts,
        Map<Plan, Duration> planHeadStarts) {

    PriorityChoice choose(Channel channel, Plan plan, Impact impact, boolean isOutOfScope) {
        if (isOutOfScope) {
            return new PriorityChoice(outOfScope, Duration.ZERO, "S2: out of scope");
        }
        List<String> reasons = new ArrayList<>();
        Priority priority = byChannel.getOrDefault(channel, Map.of()).get(impact);
        if (priority == null) {
            priority = byImpact.getOrDefault(impact, Priority.NORMAL);
            reasons.add("C1: impact " + impact);
        } else {
            reasons.add("S6: impact " + impact + " on channel " + channel);
        }
        Duration forPlan = planHeadStarts.getOrDefault(plan, Duration.ZERO);
        if (forPlan.isPositive()) {
            reasons.add("T4: plan " + plan + ", " + Durations.inWords(forPlan) + " ahead");
        }
        return new PriorityChoice(
                priority,
                headStarts.getOrDefault(priority, Duration.ZERO).plus(forPlan),
                String.join("; ", reasons));
    }
}
