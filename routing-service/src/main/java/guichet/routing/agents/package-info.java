/**
 * The agents' door: what an agent says over HTTP goes onto the log, and what the desk tells them
 * comes back as an answer or a stream of events. Agents act only for themselves.
 */
@NullMarked
package guichet.routing.agents;

import org.jspecify.annotations.NullMarked;
