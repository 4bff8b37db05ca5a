package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;
import guichet.policy.Priority;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A desk that opens at ten with a clock moved by hand; tells what its engine decides in few words.
 */
final class Desk {

    static final Instant TEN = Instant.parse("2027-03-01T10:00:00Z");

    /** An agent who takes one chat at a time. */
    static final Map<Channel, Integer> ONE_CHAT = Map.of(Channel.CHAT, 1);

    final MatchingEngine engine;
    private final Map<String, Instant> wakes = new HashMap<>();
    private final List<Decision> decided = new ArrayList<>();
    private Instant now = TEN;

    private Desk(NavigableMap<Instant, OfferRules> editions) {
        engine = new MatchingEngine(editions, TEN);
        note();
    }

    static Desk open() {
        return withSecondLanguageAfter(null);
    }

    static Desk withSecondLanguageAfter(Duration after) {
        return new Desk(new TreeMap<>(Map.of(Instant.MIN, rules(after))));
    }

    /** With other rules from an instant on. */
    static Desk changing(OfferRules first, Instant from, OfferRules then) {
        return new Desk(new TreeMap<>(Map.of(Instant.MIN, first, from, then)));
    }

    /** With 20 s for an offer, away after 2, 60 s for the preferred, 30 s of peace after a no. */
    static OfferRules rules(Duration secondLanguageAfter) {
        return new OfferRules(
                Duration.ofSeconds(20),
                2,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Optional.ofNullable(secondLanguageAfter),
                Duration.ofSeconds(45));
    }

    List<String> agent(String id, Language... languages) {
        return agent(id, Presence.AVAILABLE, ONE_CHAT, languages);
    }

    List<String> agent(
            String id, Presence presence, Map<Channel, Integer> capacity, Language... languages) {
        return tell(
                new Happening.StatusChanged(
                        id,
                        presence,
                        languages.length == 0 ? List.of(Language.ES) : List.of(languages),
                        capacity));
    }

    List<String> chat(String id) {
        return queue(id, Channel.CHAT, now.plusSeconds(900), Duration.ZERO, null);
    }

    List<String> chatPreferring(String agentId, String id) {
        return queue(id, Channel.CHAT, now.plusSeconds(900), Duration.ZERO, agentId);
    }

    /** One that was made some time before the engine hears of it. */
    List<String> chatMadeBefore(String id, Duration before) {
        return chatPreferring(null, id, before);
    }

    List<String> chatPreferring(String agentId, String id, Duration before) {
        return tell(
                new Happening.Queued(
                        id,
                        Language.ES,
                        Channel.CHAT,
                        Priority.NORMAL,
                        now.minus(before),
                        now.plusSeconds(900),
                        Duration.ZERO,
                        agentId));
    }

    List<String> queue(
            String id, Channel channel, Instant due, Duration headStart, String preferred) {
        return tell(
                new Happening.Queued(
                        id, Language.ES, channel, Priority.NORMAL, now, due, headStart, preferred));
    }

    List<String> accept(String agentId, String offerId) {
        return tell(new Happening.Accepted(agentId, offerId, contactOf(offerId)));
    }

    List<String> decline(String agentId, String offerId) {
        return tell(new Happening.Declined(agentId, offerId, contactOf(offerId)));
    }

    private static String contactOf(String offerId) {
        return offerId.substring(0, offerId.indexOf('/'));
    }

    List<String> answer(String agentId, String contactId) {
        return tell(new Happening.Answered(contactId, agentId));
    }

    List<String> end(String contactId) {
        return tell(new Happening.Ended(contactId));
    }

    /** Lets time pass, and everything happen that was to happen by then. */
    List<String> pass(int seconds) {
        Instant until = now.plusSeconds(seconds);
        List<String> said = new ArrayList<>();
        for (Optional<String> next = nextBy(until); next.isPresent(); next = nextBy(until)) {
            now = wakes.get(next.get());
            said.addAll(tell(new Happening.TimeReached(next.get())));
        }
        now = until;
        return said;
    }

    private Optional<String> nextBy(Instant until) {
        return wakes.entrySet().stream()
                .filter(wake -> !wake.getValue().isAfter(until))
                .min(
                        Map.Entry.<String, Instant>comparingByValue()
                                .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
                .map(Map.Entry::getKey);
    }

    List<String> tell(Happening happening) {
        if (happening instanceof Happening.TimeReached(String owner)) {
            wakes.remove(owner);
        }
        List<Decision> decisions = engine.decide(happening, now);
        decided.addAll(decisions);
        note();
        return decisions.stream().map(Desk::inWords).toList();
    }

    private void note() {
        engine.drainChanges()
                .wakeAt()
                .forEach(
                        (owner, at) ->
                                at.ifPresentOrElse(
                                        instant -> wakes.put(owner, instant),
                                        () -> wakes.remove(owner)));
    }

    <T extends Decision> T last(Class<T> kind) {
        return decided.reversed().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String inWords(Decision decision) {
        return switch (decision) {
            case Decision.Offered it -> it.offerId() + " offered to " + it.agentId();
            case Decision.Expired it -> it.agentId() + " let " + it.offerId() + " pass";
            case Decision.Assigned it -> it.agentId() + " has " + it.contactId();
            case Decision.Released it ->
                    it.contactId()
                            + " left "
                            + (it.agentId() == null ? "the queue" : it.agentId())
                            + ": "
                            + it.reason();
            case Decision.Refused it ->
                    it.offerId() + " refused to " + it.agentId() + ": " + it.reason();
            case Decision.SetAway it -> it.agentId() + " set away";
        };
    }
}
