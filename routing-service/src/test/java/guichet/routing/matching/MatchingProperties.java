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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The engine through days on which anything may happen, in any order, late and repeatedly. */
class MatchingProperties {

    record Day(OfferRules rules, int agents, List<Step> steps) {
        List<Told> played() {
            return History.played(rules, agents, steps);
        }

        @Override
        public String toString() {
            return rules + ", " + agents + " agents, " + steps;
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
        Store first = new Store(day.rules());
        Store second = new Store(day.rules());
        for (Told told : history) {
            assertThat(second.tell(told)).hasToString(first.tell(told).toString());
            assertThat(second.last).hasToString(first.last.toString());
        }
    }

    /** Restored again and again from what it handed out, it decides as if nothing had happened. */
    @Property(tries = 60)
    void decidesTheSameWhereverItsHistoryIsCut(
            @ForAll("smallDays") Day day, @ForAll("cuts") int every) {
        Store whole = new Store(day.rules());
        Store cut = new Store(day.rules());
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
    }

    /** An engine and what is stored of it. */
    private static final class Store {
        private final OfferRules rules;
        private final Map<String, ContactState> contacts = new TreeMap<>();
        private final Map<String, AgentState> agents = new TreeMap<>();
        private final Map<String, QueueState> queues = new TreeMap<>();
        private MatchingEngine engine;
        private Changes last;

        Store(OfferRules rules) {
            this.rules = rules;
            this.engine = new MatchingEngine(rules, History.START);
            store();
        }

        List<Decision> tell(Told told) {
            List<Decision> decided = engine.decide(told.happening(), told.at());
            store();
            return decided;
        }

        private void store() {
            last = engine.drainChanges();
            last.contacts().forEach(state -> contacts.put(state.contactId(), state));
            last.removedContacts().forEach(contacts::remove);
            last.agents().forEach(state -> agents.put(state.agentId(), state));
            last.queues()
                    .forEach(state -> queues.put(state.language() + "/" + state.channel(), state));
        }

        void restart() {
            engine =
                    MatchingEngine.restored(
                            rules,
                            last.clock(),
                            contacts.values(),
                            agents.values(),
                            queues.values());
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
                        rules(),
                        Arbitraries.integers().between(fewestAgents, mostAgents),
                        Step.any().list().ofMinSize(fewest).ofMaxSize(most))
                .as(Day::new);
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
