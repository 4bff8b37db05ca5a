package guichet.routing.matching;

import static guichet.routing.matching.History.START;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;
import guichet.policy.Priority;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Nobody starves: where agents accept, a contact is offered before as many others have been as were
 * ahead of it when it came, and came ahead of it since; a call also where the agents who take calls
 * take chats, which exclude it.
 *
 * <p>Why: an agent with room takes the first by rank of all they may take, so whoever of the queue
 * is offered while the contact waits is ahead of it, and leaves. A rank lies never further ahead of
 * the contact's arrival than a head start and what the due of others allows, so that only so many
 * can come ahead; nothing that comes later than that does. Each contact that ends makes room for
 * one that is ahead, until none is. An agent with chats takes none that comes after a call which
 * waits for them, so that they have none in the end.
 */
class StarvationProperties {

    private final MatchingEngine engine =
            new MatchingEngine(
                    new OfferRules(
                            Duration.ofSeconds(20),
                            2,
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(30),
                            Optional.empty(),
                            Duration.ofSeconds(45)),
                    START);

    private final ArrayDeque<String> held = new ArrayDeque<>();
    private Instant now = START;
    private int offered;
    private boolean isOffered;

    /** The ranks of others come before, with or after the contact's, ever later as time goes on. */
    @Property(tries = 300)
    void nobodyWaitsForMoreThanThoseAheadOfHim(
            @ForAll @IntRange(min = 1, max = 5) int agents,
            @ForAll @Size(max = 60) List<@IntRange(min = -600, max = 600) Integer> before,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = -600, max = 600) Integer> after) {
        for (int i = 0; i < agents; i++) {
            tell(
                    new Happening.StatusChanged(
                            "agent-" + i,
                            Presence.AVAILABLE,
                            List.of(Language.ES),
                            Map.of(Channel.CHAT, 1 + i % 3)));
        }
        for (int i = 0; i < before.size(); i++) {
            queue("before-" + i, before.get(i));
        }
        offered = 0;
        queue("contact", 0);

        assertOfferedWithin(engine.position("contact").orElse(1) - 1, after, any -> Channel.CHAT);
    }

    /** Agents take calls and chats; the contact is a call among both. */
    @Property(tries = 300)
    void aCallWaitsForNoMoreThanThoseAheadOfItThoughChatsExcludeIt(
            @ForAll @IntRange(min = 1, max = 5) int agents,
            @ForAll @Size(max = 60) List<@IntRange(min = -600, max = 600) Integer> before,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = -600, max = 600) Integer> after) {
        for (int i = 0; i < agents; i++) {
            tell(
                    new Happening.StatusChanged(
                            "agent-" + i,
                            Presence.AVAILABLE,
                            List.of(Language.ES),
                            Map.of(Channel.PHONE, 1, Channel.CHAT, 1 + i % 3)));
        }
        for (int i = 0; i < before.size(); i++) {
            queue("before-" + i, channel(i), before.get(i));
        }
        offered = 0;
        queue("contact", Channel.PHONE, 0);

        assertOfferedWithin(isOffered ? 0 : ahead(before), after, StarvationProperties::channel);
    }

    /**
     * Lets others come and end until the contact is offered, which must be before more than are
     * ahead of it have been.
     */
    private void assertOfferedWithin(
            int ahead, List<Integer> after, IntFunction<Channel> channels) {
        // Of equal rank at the same moment the lower id goes first: a name behind the contact's.
        Instant rank = now;
        int bound = ahead;
        for (int i = 0; !isOffered; i++) {
            int offset = after.get(i % after.size());
            queue("later-" + i, channels.apply(i), offset);
            bound += now.plusSeconds(offset).isBefore(rank) ? 1 : 0;
            assertThat(offered).isLessThanOrEqualTo(bound);
            tell(new Happening.Ended(held.remove()));
            now = now.plusSeconds(10);
        }
        assertThat(offered).isLessThanOrEqualTo(bound);
    }

    private static Channel channel(int number) {
        return number % 3 == 0 ? Channel.PHONE : Channel.CHAT;
    }

    /** Those of before the contact that still wait, and were due when it is, or sooner. */
    private int ahead(List<Integer> before) {
        int ahead = 0;
        for (int i = 0; i < before.size(); i++) {
            boolean waits =
                    engine.contact("before-" + i).filter(ContactState::isWaiting).isPresent();
            ahead += waits && before.get(i) <= 0 ? 1 : 0;
        }
        return ahead;
    }

    private void queue(String id, int secondsFromNow) {
        queue(id, Channel.CHAT, secondsFromNow);
    }

    private void queue(String id, Channel channel, int secondsFromNow) {
        tell(
                new Happening.Queued(
                        id,
                        Language.ES,
                        channel,
                        Priority.NORMAL,
                        now,
                        now.plusSeconds(secondsFromNow),
                        Duration.ZERO,
                        null));
    }

    private void tell(Happening happening) {
        for (Decision decision : engine.decide(happening, now)) {
            if (decision instanceof Decision.Offered offer) {
                if (offer.contactId().equals("contact")) {
                    isOffered = true;
                } else if (!isOffered) {
                    offered++;
                }
                held.add(offer.contactId());
                tell(new Happening.Accepted(offer.agentId(), offer.offerId(), offer.contactId()));
            }
        }
    }
}
