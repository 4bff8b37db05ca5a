/**
 * Durable timers as whole processes: a broker, a subject, and this driver that loads it and reads
 * what comes out (issue 4), beside a scheduler that polls a database.
 */
@NullMarked
package guichet.benchmarks.timers;

import org.jspecify.annotations.NullMarked;
