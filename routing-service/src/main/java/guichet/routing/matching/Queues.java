package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The queues of the desk, one of each language on each channel. */
final class Queues {

    static final Channel[] CHANNELS = Channel.values();

    private final Unsaved unsaved;
    private final List<Queue> all = new ArrayList<>();

    Queues(OfferRules rules, Instant now, Unsaved unsaved) {
        this.unsaved = unsaved;
        for (Language language : Language.values()) {
            for (Channel channel : CHANNELS) {
                all.add(new Queue(QueueState.initial(language, channel, now), rules));
            }
        }
    }

    List<Queue> all() {
        return all;
    }

    Queue of(Language language, Channel channel) {
        return all.get(language.ordinal() * CHANNELS.length + channel.ordinal());
    }

    Queue ofCalls(Language language) {
        return of(language, Channel.PHONE);
    }

    @Nullable Queue owning(String owner) {
        for (Queue queue : all) {
            if (queue.owner().equals(owner)) {
                return queue;
            }
        }
        return null;
    }

    void restore(QueueState state) {
        of(state.language(), state.channel()).state = state;
    }

    void become(Queue queue, QueueState next) {
        queue.state = next;
        unsaved.touch(queue);
    }

    void heed(Queue queue, OfferRules rules, Instant now) {
        queue.heed(rules, now);
        unsaved.touch(queue);
    }
}
