package guichet.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Priority and head start (C1, S2, S6, T4).
 *
 * @param byImpact the priority that each impact gives, all of them
 * @param byChannel what replaces it on a channel
 * @param byPlan what replaces it for a plan; of two replacements the more urgent stands
 * @param outOfScope the priority of contacts out of scope, which get no head start
 * @param headStarts the head start that each priority gives, all of them
 * @param planHeadStarts what a plan adds to it
 */
record PriorityTable(
        Map<Impact, Priority> byImpact,
        Map<Channel, Map<Impact, Priority>> byChannel,
        Map<Plan, Map<Impact, Priority>> byPlan,
        Priority outOfScope,
        Map<Priority, Duration> headStarts,
        Map<Plan, Duration> planHeadStarts) {

    PriorityChoice choose(Channel channel, Plan plan, Impact impact, Scope scope) {
        if (scope != Scope.IN) {
            return new PriorityChoice(
                    outOfScope, Duration.ZERO, scope.row() + ": " + scope.inWords());
        }
        List<String> reasons = new ArrayList<>();
        Priority priority = choose(channel, plan, impact, reasons);
        Duration forPlan = planHeadStarts.getOrDefault(plan, Duration.ZERO);
        if (forPlan.isPositive()) {
            reasons.add("T4: plan " + plan + ", " + Durations.inWords(forPlan) + " ahead");
        }
        return new PriorityChoice(
                priority,
                Objects.requireNonNull(headStarts.get(priority)).plus(forPlan),
                String.join("; ", reasons));
    }

    private Priority choose(Channel channel, Plan plan, Impact impact, List<String> reasons) {
        Priority onChannel = byChannel.getOrDefault(channel, Map.of()).get(impact);
        Priority forPlan = byPlan.getOrDefault(plan, Map.of()).get(impact);
        if (onChannel != null && (forPlan == null || onChannel.compareTo(forPlan) <= 0)) {
            reasons.add("S6: impact " + impact + " on channel " + channel);
            return onChannel;
        }
        if (forPlan != null) {
            reasons.add("T4: impact " + impact + " for plan " + plan);
            return forPlan;
        }
        reasons.add("C1: impact " + impact);
        return Objects.requireNonNull(byImpact.get(impact));
    }
}
