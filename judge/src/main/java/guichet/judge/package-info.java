/**
 * Recomputes from what went into a desk what must have come out of it. Shares no code with the
 * services but the contracts and the support policy.
 */
@NullMarked
package guichet.judge;

import org.jspecify.annotations.NullMarked;
