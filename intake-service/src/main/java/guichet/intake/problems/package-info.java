/** Errors as problem details (RFC 9457), whoever notices them. */
@NullMarked
package guichet.intake.problems;

import org.jspecify.annotations.NullMarked;
