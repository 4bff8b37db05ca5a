/** Files that come with a ticket: received in a stream, kept, and given out again (C1). */
@NullMarked
package guichet.intake.attachments;

import org.jspecify.annotations.NullMarked;
