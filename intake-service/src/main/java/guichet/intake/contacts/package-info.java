/** What the three channels share on the way from a request to an event on Kafka. */
@NullMarked
package guichet.intake.contacts;

import org.jspecify.annotations.NullMarked;
