/** Each new contact gets its language queue (L1), its priority and its place in time. */
@NullMarked
package guichet.routing.queueing;

import org.jspecify.annotations.NullMarked;
