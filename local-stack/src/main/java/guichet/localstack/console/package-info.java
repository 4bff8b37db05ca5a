/** Tells on a terminal what happens at the desk, while it happens. */
@NullMarked
package guichet.localstack.console;

import org.jspecify.annotations.NullMarked;
