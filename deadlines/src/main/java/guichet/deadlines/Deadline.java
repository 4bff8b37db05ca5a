package guichet.deadlines;

import java.time.Instant;

/**
 * An instant at which something falls due.
 *
 * @param owner what it belongs to, for example a contact id
 * @param kind which of the owner's deadlines it is; an owner has at most one of each kind
 * @param due when, to the millisecond
 */
public record Deadline(String owner, String kind, Instant due) {}
