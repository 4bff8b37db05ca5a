package guichet.routing.matching;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Why a contact is offered to an agent, from counts that are at hand; both stand nowhere now. */
final class Reasons {

    private Reasons() {}

    static List<String> of(Contact contact, Agent agent) {
        List<String> reasons = new ArrayList<>(3);
        reasons.add(rank(contact));
        int keptFree = contact.queue().keptFreeFrom(contact);
        reasons.add(choice(contact, agent, keptFree));
        String passedOver = passedOver(contact, agent, keptFree);
        if (!passedOver.isEmpty()) {
            reasons.add("passed over: " + passedOver);
        }
        return List.copyOf(reasons);
    }

    private static String rank(Contact contact) {
        Queue queue = contact.queue();
        ContactState state = contact.state();
        return (queue.line().countBefore(contact) + 1)
                + " of "
                + (queue.line().size() + 1)
                + " in the "
                + queue.language().tag()
                + " "
                + queue.channel()
                + " queue: "
                + (state.due() == null
                        ? "no target, by arrival"
                        : "due " + state.due() + " less " + state.queued().headStart());
    }

    private static String choice(Contact contact, Agent agent, int keptFree) {
        return (contact.queue().able() - keptFree + 1)
                + " able: "
                + (isKept(contact, agent)
                        ? "the preferred agent"
                        : comparison(agent, contact.queue().bestFor(contact)));
    }

    private static boolean isKept(Contact contact, Agent agent) {
        return contact.state().reservedUntil() != null
                && agent.id().equals(contact.state().queued().preferredAgent());
    }

    private static String comparison(Agent agent, @Nullable Agent next) {
        if (next == null) {
            return "the only one to ask";
        }
        if (agent.compareLoad(next) < 0) {
            return "the least loaded, " + agent.load() + " of " + agent.capacity();
        }
        return "the longest idle, since " + agent.state().idleSince();
    }

    private static String passedOver(Contact contact, Agent agent, int keptFree) {
        Queue queue = contact.queue();
        ContactState state = contact.state();
        StringBuilder text = new StringBuilder();
        append(text, queue.agents(Presence.AWAY), "away");
        append(text, queue.agents(Presence.BUSY), "busy");
        append(text, queue.agents(Presence.AVAILABLE) - queue.able(), "full");
        append(text, keptFree, "kept free for a call");
        append(
                text,
                state.passedBy() == null || contact.wasPassedBy(agent) ? 0 : 1,
                "let it pass just now");
        append(text, state.pausedUntil().size(), "declined it lately");
        return text.toString();
    }

    private static void append(StringBuilder text, int count, String what) {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(what);
        }
    }
}
