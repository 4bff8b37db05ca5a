/** Closures that supervisors announce while the desk runs, and the policy with them (H5, H6). */
@NullMarked
package guichet.intake.closures;

import org.jspecify.annotations.NullMarked;
