/** The clock of each contact's first response (T1 to T4): due soon, breached, met. */
@NullMarked
package guichet.sla.clocks;

import org.jspecify.annotations.NullMarked;
