package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an edition says of one line.
 *
 * @param rules the rules that fit it, in the order target, hours, closures
 * @param reasons the same, already put into words
 */
record LinePolicy(Target target, Share dueSoon, List<AppliedRule> rules, List<String> reasons) {

    LinePolicy(Target target, Share dueSoon, List<AppliedRule> rules) {
        this(
                target,
                dueSoon,
                List.copyOf(rules),
                rules.stream().map(AppliedRule::toString).toList());
    }

    ResponseTarget respondBy(OpeningHours hours, Instant createdAt) {
        Instant due = target.due(hours, createdAt);
        Duration openTime = hours.openTime(createdAt, due);
        Instant soon = hours.whenOpenTimeHasPassed(createdAt, dueSoon.of(openTime)).orElseThrow();
        return new ResponseTarget(due, soon, openTime, reasons);
    }
}
