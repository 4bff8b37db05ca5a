package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the policy says of one line, with the reasons already put into words. */
record LinePolicy(OpeningHours hours, Target target, Share dueSoon, List<String> reasons) {

    ResponseTarget respondBy(Instant createdAt) {
        Instant due = target.due(hours, createdAt);
        Duration openTime = hours.openTime(createdAt, due);
        Instant soon = hours.whenOpenTimeHasPassed(createdAt, dueSoon.of(openTime)).orElseThrow();
        return new ResponseTarget(due, soon, openTime, reasons);
    }
}
