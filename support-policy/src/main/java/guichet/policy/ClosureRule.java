package guichet.policy;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A closure as the policy file has it.
 *
 * @param name what it is for, in English
 * @param zone in which its days begin and its times are meant; that of each line where empty
 */
record ClosureRule(String name, Days days, List<LocalSpan> times, Optional<ZoneId> zone) {

    Closure.OnDays in(String row, ZoneId lineZone) {
        return new Closure.OnDays(row, name, days, times, zone.orElse(lineZone));
    }
}
