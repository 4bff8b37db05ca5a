/** Who gets which contact: the matching engine, plain Java, and the records it lives by. */
@NullMarked
package guichet.routing.matching;

import org.jspecify.annotations.NullMarked;
