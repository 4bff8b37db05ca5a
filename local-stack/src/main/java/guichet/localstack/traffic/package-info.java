/**
 * Demo customers and agents in three languages. What they do is a plan that follows from a seed;
 * the threads that carry it out only wait and send.
 */
@NullMarked
package guichet.localstack.traffic;

import org.jspecify.annotations.NullMarked;
