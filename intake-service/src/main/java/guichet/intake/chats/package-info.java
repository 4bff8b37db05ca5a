/** Live chat (C4, C6). */
@NullMarked
package guichet.intake.chats;

import org.jspecify.annotations.NullMarked;
