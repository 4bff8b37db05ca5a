@NullMarked
package guichet.intake;

import org.jspecify.annotations.NullMarked;
