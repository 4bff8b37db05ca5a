/**
 * Durable timers for a Kafka Streams task: scheduled, moved and cancelled by owner and kind, kept
 * in stores with changelogs, and fired only once the task has read all that was recorded before.
 */
@NullMarked
package guichet.deadlines;

import org.jspecify.annotations.NullMarked;
