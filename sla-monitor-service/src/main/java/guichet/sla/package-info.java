@NullMarked
package guichet.sla;

import org.jspecify.annotations.NullMarked;
