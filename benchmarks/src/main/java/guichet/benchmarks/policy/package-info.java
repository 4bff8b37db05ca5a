/**
 * What it costs to ask the support policy: whether a line is open (H1 to H6) and when a response is
 * due (T1 to T4), beside a calendar that walks day by day.
 */
@NullMarked
package guichet.benchmarks.policy;

import org.jspecify.annotations.NullMarked;
