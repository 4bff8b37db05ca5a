/** Reading a JSON body field by field, so that every fault is named at once. */
@NullMarked
package guichet.chassis.forms;

import org.jspecify.annotations.NullMarked;
