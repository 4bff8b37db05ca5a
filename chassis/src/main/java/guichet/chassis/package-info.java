/**
 * What every service of the desk starts with: settings, topics, Kafka Streams, health, dead letters
 * and a closed door.
 */
@NullMarked
package guichet.chassis;

import org.jspecify.annotations.NullMarked;
