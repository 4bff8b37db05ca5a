/** When a line is open (H1 to H6). */
@NullMarked
package guichet.intake.hours;

import org.jspecify.annotations.NullMarked;
