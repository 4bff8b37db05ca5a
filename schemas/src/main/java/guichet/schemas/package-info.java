/** The contracts of the desk: its topics, what each carries, and how a record is dressed. */
@NullMarked
package guichet.schemas;

import org.jspecify.annotations.NullMarked;
