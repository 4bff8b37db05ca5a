/**
 * The desk as whole processes: a broker, services or a subject, and this driver that loads them and
 * reads what comes out; the timers (issue 4) beside a scheduler that polls a database, routing
 * (issue 5) beside a pass-through.
 */
@NullMarked
package guichet.benchmarks.desk;

import org.jspecify.annotations.NullMarked;
