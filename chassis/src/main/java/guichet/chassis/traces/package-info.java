/**
 * Traces through Kafka: what a record's headers say of its trace, and spans of reading and writing.
 */
@NullMarked
package guichet.chassis.traces;

import org.jspecify.annotations.NullMarked;
