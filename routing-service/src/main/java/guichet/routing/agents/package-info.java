/**
 * The agents' door: what an agent says over HTTP goes onto the log, and what the desk tells him
 * comes back as an answer or a stream of events. An agent acts only for himself.
 */
@NullMarked
package guichet.routing.agents;

import org.jspecify.annotations.NullMarked;
