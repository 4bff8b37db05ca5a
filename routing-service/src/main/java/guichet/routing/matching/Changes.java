package guichet.routing.matching;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became different since last asked, to be stored.
 *
 * @param clock of the last decision
 * @param removedContacts ids that are of no more concern
 * @param forgottenAgents ids of whom nothing is known any more
 * @param wakeAt by owner, when it next wants a {@link Happening.TimeReached}, or that it wants none
 *     any more
 */
record Changes(
        Instant clock,
        List<ContactState> contacts,
        List<AgentState> agents,
        List<QueueState> queues,
        List<String> removedContacts,
        List<String> forgottenAgents,
        Map<String, Optional<Instant>> wakeAt) {}
