/**
 * The one place that knows the desk's rules: languages (L1), opening hours and closures (H1 to H6),
 * scope and guidance (S1 to S6), first-response targets and priority (T1 to T4), conversation limit
 * (E1, E2). Plain Java; everything is immutable, deterministic and safe to share between threads;
 * the clock is always an argument.
 */
@NullMarked
package guichet.policy;

import org.jspecify.annotations.NullMarked;
