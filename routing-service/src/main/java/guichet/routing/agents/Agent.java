package guichet.routing.agents;

import java.time.Instant;

/**
 * Who calls.
 *
 * @param id the subject of the token
 * @param until when the token ends, and with it whatever it opened
 */
record Agent(String id, Instant until) {}
