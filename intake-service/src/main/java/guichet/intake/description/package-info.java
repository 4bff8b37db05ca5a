/** What the door and the topics are like, for machines. */
@NullMarked
package guichet.intake.description;

import org.jspecify.annotations.NullMarked;
