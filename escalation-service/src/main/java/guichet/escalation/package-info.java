@NullMarked
package guichet.escalation;

import org.jspecify.annotations.NullMarked;
