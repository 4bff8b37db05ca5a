/** What customers are told, and in which language. */
@NullMarked
package guichet.intake.words;

import org.jspecify.annotations.NullMarked;
