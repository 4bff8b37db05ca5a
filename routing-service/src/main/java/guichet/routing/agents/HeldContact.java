package guichet.routing.agents;

import guichet.events.Channel;

import org.jspecify.annotations.Nullable;

/**
 * A contact that is not over.
 *
 * @param agentId who has it; null while it waits
 */
public record HeldContact(String contactId, Channel channel, @Nullable String agentId) {}
