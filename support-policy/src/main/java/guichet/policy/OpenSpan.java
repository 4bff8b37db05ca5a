package guichet.policy;

import java.time.Instant;

/** A time for which a line is open without a break: from {@code from} until before {@code to}. */
public record OpenSpan(Instant from, Instant to) {}
