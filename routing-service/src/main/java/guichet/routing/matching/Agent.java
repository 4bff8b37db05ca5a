package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** An agent and what they have; the one to ask first comes first: least loaded, longest idle. */
final class Agent implements Comparable<Agent> {

    private final String id;
    private final Function<Language, Queue> calls;
    private AgentState state;
    private final int[] room = new int[Channel.values().length];
    private long capacity;

    /** Held and offered, which take up room alike. */
    private final List<Contact> contacts = new ArrayList<>();

    private final int[] taken = new int[Channel.values().length];

    private final Map<Channel, TreeSet<Contact>> kept = new EnumMap<>(Channel.class);
    private final Map<Queue, RankedSet<Contact>> paused = new HashMap<>();

    /** Whether they are counted in, and found when work comes. */
    boolean isSeated;

    /** Whether they changed since their state was last handed out. */
    boolean changed;

    boolean isForgotten;

    /**
     * @param calls the queue of a language for calls
     */
    Agent(AgentState state, Function<Language, Queue> calls) {
        this.id = state.agentId();
        this.calls = calls;
        this.state = state;
        read(state);
    }

    String id() {
        return id;
    }

    AgentState state() {
        return state;
    }

    /** To be called while they are not seated. */
    void become(AgentState next) {
        if (state.status() != next.status()) {
            read(next);
        }
        state = next;
    }

    private void read(AgentState next) {
        capacity = 0;
        for (Channel channel : Channel.values()) {
            room[channel.ordinal()] = next.capacity(channel);
            capacity += room[channel.ordinal()];
        }
    }

    /** Whether they ever have room on a channel. */
    boolean takes(Channel channel) {
        return room[channel.ordinal()] > 0;
    }

    boolean isAbleFor(Channel channel) {
        return state.presence() == Presence.AVAILABLE && hasRoomFor(channel);
    }

    /** A call excludes chats, and chats a call; tickets go beside both. */
    private boolean hasRoomFor(Channel channel) {
        boolean excluded =
                switch (channel) {
                    case WEB -> false;
                    case CHAT -> taken(Channel.PHONE) > 0;
                    case PHONE -> taken(Channel.CHAT) > 0;
                };
        return !excluded && taken(channel) < room[channel.ordinal()];
    }

    /** Whether they are able to take chats, and have some, without which they could take calls. */
    boolean isAbleBesideChats() {
        return taken(Channel.CHAT) > 0 && takes(Channel.PHONE) && isAbleFor(Channel.CHAT);
    }

    /**
     * Whether a contact may be offered to them where they have room for it. While they have chats,
     * none is that comes after a call which waits for them: they would never be free for it.
     */
    boolean mayTake(Contact contact) {
        if (contact.queue().channel() != Channel.CHAT
                || taken(Channel.CHAT) == 0
                || !takes(Channel.PHONE)) {
            return true;
        }
        Contact call = nextCall();
        return call == null || contact.compareTo(call) < 0;
    }

    /** The call that would be theirs, had they no chats; null for none. */
    private @Nullable Contact nextCall() {
        Contact next = nextKept(Channel.PHONE);
        List<Language> languages = state.status().languages();
        for (int i = 0; i < languages.size(); i++) {
            Queue queue = calls.apply(languages.get(i));
            if (queue.isServedBy(i)) {
                next = Contact.first(next, nextIn(queue));
            }
        }
        return next;
    }

    private int taken(Channel channel) {
        return taken[channel.ordinal()];
    }

    int load() {
        return contacts.size();
    }

    long capacity() {
        return capacity;
    }

    List<Contact> contacts() {
        return contacts;
    }

    void take(Contact contact) {
        contacts.add(contact);
        taken[contact.queue().channel().ordinal()]++;
    }

    void leave(Contact contact) {
        contacts.remove(contact);
        taken[contact.queue().channel().ordinal()]--;
    }

    /** Those that wait for this agent before all others. */
    TreeSet<Contact> kept(Channel channel) {
        return kept.computeIfAbsent(channel, any -> new TreeSet<>());
    }

    /** Those waiting for anyone in a queue that they declined lately. */
    RankedSet<Contact> paused(Queue queue) {
        return paused.computeIfAbsent(queue, any -> new RankedSet<>());
    }

    /** The contact of a queue that is next for them; null for none. */
    @Nullable Contact nextIn(Queue queue) {
        RankedSet<Contact> declined = paused.get(queue);
        return declined == null || declined.isEmpty()
                ? queue.line().first()
                : queue.line().firstOutside(declined);
    }

    /** The next of those that are kept for them on a channel; null for none. */
    @Nullable Contact nextKept(Channel channel) {
        TreeSet<Contact> ofChannel = kept.get(channel);
        return ofChannel == null || ofChannel.isEmpty() ? null : ofChannel.first();
    }

    /** By the share of their capacity that is taken. */
    int compareLoad(Agent other) {
        return Long.compare(load() * other.capacity, other.load() * capacity);
    }

    @Override
    public int compareTo(Agent other) {
        int order = compareLoad(other);
        if (order == 0) {
            order = state.idleSince().compareTo(other.state.idleSince());
        }
        return order == 0 ? id.compareTo(other.id) : order;
    }
}
