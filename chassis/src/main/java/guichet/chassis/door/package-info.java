/**
 * What every door over HTTP needs: bearer tokens, errors as problem details (RFC 9457) whoever
 * notices them, and a log that confirms what was let in.
 */
@NullMarked
package guichet.chassis.door;

import org.jspecify.annotations.NullMarked;
