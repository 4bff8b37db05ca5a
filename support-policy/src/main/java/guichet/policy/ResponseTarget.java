package guichet.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When the first response to a contact is due, and why (T1 to T4).
 *
 * @param due the instant the target ends; a response must come before it
 * @param dueSoon the instant at which only the last part of the open time is left, as large as the
 *     policy's due-soon share leaves it; never after {@code due}
 * @param openTime the open time between creation and {@code due}
 * @param reasons short English sentences that name the rows applied, in the order target, hours,
 *     closures
 */
public record ResponseTarget(
        Instant due, Instant dueSoon, Duration openTime, List<String> reasons) {}
