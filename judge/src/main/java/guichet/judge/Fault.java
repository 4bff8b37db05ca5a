package guichet.judge;

import java.util.List;

/**
 * Something that a desk says, or does not say, of a contact and should not, or should.
 *
 * @param about what it concerns: the queue, the clock, the conversion or the ticket made by it, its
 *     offers, what desktops are told of it, the agent asked, or the answer he gets
 * @param there what the log holds, in order
 * @param due what it should hold, in order
 */
public record Fault(String contactId, String about, List<String> there, List<String> due) {

    @Override
    public String toString() {
        return "%s %s: there is %s; there should be %s".formatted(contactId, about, there, due);
    }
}
