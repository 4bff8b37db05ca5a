/** My requests (C3): what customers have asked for, what became of it, and taking it back. */
@NullMarked
package guichet.intake.requests;

import org.jspecify.annotations.NullMarked;
