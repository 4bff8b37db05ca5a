/** What the desk helps with, and how best to ask (S1 to S6). */
@NullMarked
package guichet.intake.guidance;

import org.jspecify.annotations.NullMarked;
