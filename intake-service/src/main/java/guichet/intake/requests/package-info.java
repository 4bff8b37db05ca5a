/** Customers' own requests and those they are copied on (C3). */
@NullMarked
package guichet.intake.requests;

import org.jspecify.annotations.NullMarked;
