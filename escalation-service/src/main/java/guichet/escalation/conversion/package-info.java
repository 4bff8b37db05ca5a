/** A chat or call that lasts too long becomes a web ticket (E1, E2). */
@NullMarked
package guichet.escalation.conversion;

import org.jspecify.annotations.NullMarked;
