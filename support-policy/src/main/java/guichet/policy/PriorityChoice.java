package guichet.policy;

import java.time.Duration;

/**
 * How urgent a contact is and why.
 *
 * @param priority what the desk computes from impact, plan, channel and scope
 * @param headStart how much earlier than its due instant the contact counts in the queue, never
 *     negative (T4)
 * @param reason a short English sentence that names the rows
 */
public record PriorityChoice(Priority priority, Duration headStart, String reason) {}
