@NullMarked
package guichet.routing;

import org.jspecify.annotations.NullMarked;
