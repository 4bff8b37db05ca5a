/** Who is calling, and what they may do: signed bearer tokens, denied by default (T4). */
@NullMarked
package guichet.intake.identity;

import org.jspecify.annotations.NullMarked;
