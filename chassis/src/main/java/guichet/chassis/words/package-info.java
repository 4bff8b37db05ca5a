/** What people are told, in the language of whoever hears it. */
@NullMarked
package guichet.chassis.words;

import org.jspecify.annotations.NullMarked;
