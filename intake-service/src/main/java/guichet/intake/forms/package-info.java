/** Reading a JSON body field by field, so that every fault is named at once. */
@NullMarked
package guichet.intake.forms;

import org.jspecify.annotations.NullMarked;
