package guichet.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.OfferRules;
import guichet.routing.matching.History.Told;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The engine through days on which anything may happen, in any order, late and repeatedly. */
@AddLifecycleHook(value = TimeLimit.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
class MatchingProperties {

    record Day(NavigableMap<Instant, OfferRules> editions, int agents, List<Step> steps) {
        List<Told> played() {
            return History.played(editions, agents, steps);
        }

        @Override
        public String toString() {
            return editions + ", " + agents + " agents, " + steps;
        }
    }

    @Property(tries = 300)
    void keepsTheRulesOnSmallDesks(@ForAll("smallDays") Day day) {
        day.played();
    }

    @Property(tries = 4)
    void keepsTheRulesOnLargeDesks(@ForAll("largeDays") Day day) {
        day.played();
    }

    @Property(tries = 40)
    void decidesTheSameWhenToldTheSame(@ForAll("smallDays") Day day) {
        List<Told> history = day.played();
        Store first = new Store(day.editions());
        Store second = new Store(day.editions());
        for (Told told : history) {
            assertThat(second.tell(told)).hasToString(first.tell(told).toString());
            assertThat(second.last).hasToString(first.last.toString());
        }
    }

    /** Restored again and again from what it handed out, it decides as if nothing had happened. */
    @Property(tries = 60)
    void decidesTheSameWhereverItsHistoryIsCut(
            @ForAll("smallDays") Day day, @ForAll("cuts") int every) {
        Store whole = new Store(day.editions());
        Store cut = new Store(day.editions());
        List<Told> history = day.played();
        for (int i = 0; i < history.size(); i++) {
            if (i % every == 0) {
                cut.restart();
            }
            List<Decision> expected = whole.tell(history.get(i));
            List<Decision> decided = cut.tell(history.get(i));
            assertThat(decided).isEqualTo(expected).hasToString(expected.toString());
            assertThat(cut.last).isEqualTo(whole.last).hasToString(whole.last.toString());
        }
        assertThat(cut.agents).isEqualTo(whole.agents);
        assertThat(cut.wakes).isEqualTo(whole.wakes);
    }

    /** An engine and what is stored of it. */
    private static final class Store {
        private final NavigableMap<Instant, OfferRules> editions;
        private final Map<String, ContactState> contacts = new TreeMap<>();
        private final Map<String, AgentState> agents = new TreeMap<>();
        private final Map<String, QueueState> queues = new TreeMap<>();
        private final Map<String, Instant> wakes = new TreeMap<>();
        private MatchingEngine engine;
        private Changes last;

        Store(NavigableMap<Instant, OfferRules> editions) {
            this.editions = editions;
            this.engine = new MatchingEngine(editions, History.START);
            store();
        }

        List<Decision> tell(Told told) {
            if (told.happening() instanceof Happening.TimeReached(String owner)) {
                wakes.remove(owner);
            }
            List<Decision> decided = engine.decide(told.happening(), told.at());
            store();
            return decided;
        }

        private void store() {
            last = engine.drainChanges();
            last.contacts().forEach(state -> contacts.put(state.contactId(), state));
            last.removedContacts().forEach(contacts::remove);
            last.agents().forEach(state -> agents.put(state.agentId(), state));
            last.forgottenAgents().forEach(agents::remove);
            last.wakeAt()
                    .forEach(
                            (owner, at) ->
                                    at.ifPresentOrElse(
                                            instant -> wakes.put(owner, instant),
                                            () -> wakes.remove(owner)));
            last.queues()
                    .forEach(state -> queues.put(state.language() + "/" + state.channel(), state));
        }

        /** Restored, it wants to heed the rules again; those it heeded last change nothing. */
        void restart() {
            Instant clock = last.clock();
            engine =
                    MatchingEngine.restored(
                            editions, clock, contacts.values(), agents.values(), queues.values());
            store();
            assertThat(engine.rulesAreOver(clock)).isTrue();
            assertThat(tell(new Told(new Happening.TimeReached(MatchingEngine.RULES), clock)))
                    .isEmpty();
        }
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.of(1, 2, 7, 50);
    }

    @Provide
    Arbitrary<Day> smallDays() {
        return days(1, 6, 50, 400);
    }

    @Provide
    Arbitrary<Day> largeDays() {
        return days(100, 300, 3_000, 4_000);
    }

    private static Arbitrary<Day> days(int fewestAgents, int mostAgents, int fewest, int most) {
        return Combinators.combine(
                        editions(),
                        Arbitraries.integers().between(fewestAgents, mostAgents),
                        Step.any().list().ofMinSize(fewest).ofMaxSize(most))
                .as(Day::new);
    }

    /** The rules change up to twice while the desk works. */
    private static Arbitrary<NavigableMap<Instant, OfferRules>> editions() {
        return rules().list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(
                        all -> {
                            NavigableMap<Instant, OfferRules> editions = new TreeMap<>();
                            editions.put(Instant.MIN, all.getFirst());
                            for (int i = 1; i < all.size(); i++) {
                                editions.put(History.START.plusSeconds(150L * i), all.get(i));
                            }
                            return editions;
                        });
    }

    private static Arbitrary<OfferRules> rules() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 3),
                        Arbitraries.of(0, 60),
                        Arbitraries.of(1, 30),
                        Arbitraries.of(
                                Optional.<Duration>empty(),
                                Optional.of(Duration.ZERO),
                                Optional.of(Duration.ofSeconds(90))))
                .as(
                        (misses, preferred, again, second) ->
                                new OfferRules(
                                        Duration.ofSeconds(20),
                                        misses,
                                        Duration.ofSeconds(preferred),
                                        Duration.ofSeconds(again),
                                        second,
                                        Duration.ofSeconds(45)));
    }
}
