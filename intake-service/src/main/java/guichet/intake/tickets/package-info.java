/** The web form (C1, C2). */
@NullMarked
package guichet.intake.tickets;

import org.jspecify.annotations.NullMarked;
