package guichet.routing.agents;

import org.apache.avro.specific.SpecificRecord;

/**
 * What the desk told an agent.
 *
 * @param offset its place on {@code support.desktops}
 */
record Told(long offset, SpecificRecord event) {}
