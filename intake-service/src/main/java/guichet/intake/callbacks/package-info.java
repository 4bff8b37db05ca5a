/** Phone callbacks (C5, C6). */
@NullMarked
package guichet.intake.callbacks;

import org.jspecify.annotations.NullMarked;
