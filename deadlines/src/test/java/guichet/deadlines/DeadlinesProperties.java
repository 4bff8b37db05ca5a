package guichet.deadlines;

import static guichet.deadlines.DeadlinesDriver.START;
import static guichet.deadlines.DeadlinesDriver.TICK;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Deadlines beside a sorted map that does what they promise, through whatever may happen to both:
 * what one fires the other fires, at the same tick and in the same order, so nothing fires twice in
 * committed history, none is lost, and none comes before its instant or before what decides about
 * it has been read.
 */
class DeadlinesProperties {

    private static final int BATCH = 4;

    sealed interface Step {
        record Schedule(String owner, String kind, int inMillis) implements Step {}

        record Cancel(String owner, String kind) implements Step {}

        record Advance(int ticks) implements Step {}

        /** The task has read what was recorded until so long ago. */
        record LagBehind(int millis) implements Step {}

        record Commit() implements Step {}

        /** The broker cleans the changelog. */
        record Compact() implements Step {}

        /** The process dies; the next one's clock differs by so much. */
        record Crash(int millis) implements Step {}
    }

    @Property(tries = 100)
    void fireWhatASortedMapOfDeadlinesWouldFire(@ForAll("steps") List<Step> steps) {
        Oracle oracle = new Oracle();
        try (DeadlinesDriver desk = new DeadlinesDriver(BATCH)) {
            desk.whenReached(
                    (timers, deadline) ->
                            react(
                                    deadline,
                                    due -> timers.schedule(due.owner(), due.kind(), due.due()),
                                    timers::cancel));
            for (Step step : steps) {
                perform(step, desk, oracle);
                assertThat(desk.reached()).isEqualTo(oracle.reached());
                assertThat(desk.mark()).isLessThanOrEqualTo(oracle.earliestDue());
            }
            perform(new Step.LagBehind(0), desk, oracle);
            while (!oracle.open.isEmpty()) {
                perform(new Step.Advance(36_000), desk, oracle);
                assertThat(desk.reached()).isEqualTo(oracle.reached());
            }
        }
    }

    private static void perform(Step step, DeadlinesDriver desk, Oracle oracle) {
        switch (step) {
            case Step.Schedule(String owner, String kind, int inMillis) -> {
                Instant due = oracle.now.plusMillis(inMillis);
                desk.schedule(owner, kind, due);
                oracle.schedule(new Deadline(owner, kind, due));
            }
            case Step.Cancel(String owner, String kind) -> {
                desk.cancel(owner, kind);
                oracle.cancel(owner, kind);
            }
            case Step.Advance(int ticks) -> {
                Duration time = TICK.multipliedBy(ticks);
                oracle.advance(time);
                desk.knowOnlyUntil(oracle.known());
                desk.advance(time);
            }
            case Step.LagBehind(int millis) -> oracle.lag = Duration.ofMillis(millis);
            case Step.Commit() -> {
                desk.commit();
                oracle.commit();
            }
            case Step.Compact() -> desk.compact();
            case Step.Crash(int millis) -> {
                oracle.crash(Duration.ofMillis(millis));
                desk.crash(oracle.now);
            }
        }
    }

    interface Cancelling {
        void cancel(String owner, String kind);
    }

    /** What a task does when a deadline is reached: sets another, moves one, takes one back. */
    private static void react(
            Deadline reached, Consumer<Deadline> schedule, Cancelling cancelling) {
        if (reached.kind().equals("soon")) {
            schedule.accept(new Deadline(reached.owner(), "due", reached.due().plusMillis(700)));
            cancelling.cancel("b", "soon");
        }
        if (reached.owner().equals("c")) {
            schedule.accept(new Deadline("a", "due", reached.due().minusMillis(700)));
        }
    }

    private static final class Oracle {

        /** As the keys are laid out. */
        private static final Comparator<Deadline> ORDER =
                Comparator.comparing(Deadline::due)
                        .thenComparing(deadline -> deadline.owner().length())
                        .thenComparing(Deadline::owner)
                        .thenComparing(Deadline::kind);

        private Instant now = START;
        private Duration lag = Duration.ZERO;
        private final List<Deadline> fired = new ArrayList<>();

        /** To each the instant until which all must be known; one ahead of now is set anew. */
        private TreeMap<Deadline, Instant> open = new TreeMap<>(ORDER);

        private Map<Deadline, Instant> committed = Map.of();

        void schedule(Deadline deadline) {
            if (open.containsKey(deadline)) {
                return;
            }
            cancel(deadline.owner(), deadline.kind());
            open.put(deadline, deadline.due().isAfter(now) ? deadline.due() : now.plusMillis(1));
        }

        void cancel(String owner, String kind) {
            open.keySet().removeIf(it -> it.owner().equals(owner) && it.kind().equals(kind));
        }

        void advance(Duration time) {
            now = now.plus(time);
            List<Deadline> batch = new ArrayList<>();
            int looks = BATCH * Deadlines.LOOKS_A_DEADLINE;
            for (Map.Entry<Deadline, Instant> entry : open.entrySet()) {
                if (entry.getKey().due().isAfter(known()) || looks-- == 0) {
                    break;
                }
                if (decided(entry.getValue())) {
                    batch.add(entry.getKey());
                } else if (entry.getValue().isAfter(now)) {
                    entry.setValue(now.plusMillis(1));
                }
                if (batch.size() == BATCH) {
                    break;
                }
            }
            for (Deadline deadline : batch) {
                if (open.remove(deadline) != null) {
                    fired.add(deadline);
                    react(deadline, this::schedule, this::cancel);
                }
            }
        }

        /** All of now will do in any case. */
        private boolean decided(Instant knowable) {
            return lag.isZero() || !knowable.isAfter(known());
        }

        void commit() {
            committed = Map.copyOf(open);
        }

        void crash(Duration shift) {
            now = now.plus(shift);
            open = new TreeMap<>(ORDER);
            open.putAll(committed);
        }

        Instant known() {
            return now.minus(lag);
        }

        long earliestDue() {
            return open.isEmpty() ? Long.MAX_VALUE : open.firstKey().due().toEpochMilli();
        }

        List<Deadline> reached() {
            List<Deadline> reached = List.copyOf(fired);
            fired.clear();
            return reached;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> owner = Arbitraries.of("a", "b", "c", "a\u0000", "");
        Arbitrary<String> kind = Arbitraries.of("due", "soon");
        int hour = (int) Duration.ofHours(1).toMillis();
        Arbitrary<Step> schedule =
                Combinators.combine(
                                owner,
                                kind,
                                Arbitraries.oneOf(
                                        Arbitraries.integers().between(-90_000, 90_000),
                                        Arbitraries.integers().between(-2 * hour, 0)))
                        .as(Step.Schedule::new);
        Arbitrary<Step> cancel = Combinators.combine(owner, kind).as(Step.Cancel::new);
        Arbitrary<Step> advance = Arbitraries.integers().between(1, 600).map(Step.Advance::new);
        Arbitrary<Step> nudge = Arbitraries.integers().between(1, 3).map(Step.Advance::new);
        Arbitrary<Step> leap = Arbitraries.just(new Step.Advance(36_000));
        Arbitrary<Step> lag = Arbitraries.of(0, 20, 20, 3_000, 60_000).map(Step.LagBehind::new);
        Arbitrary<Step> commit = Arbitraries.just(new Step.Commit());
        Arbitrary<Step> compact = Arbitraries.just(new Step.Compact());
        Arbitrary<Step> crash =
                Arbitraries.of(0, 0, 5_000, -5_000, hour, -hour).map(Step.Crash::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(12, schedule),
                        Tuple.of(3, cancel),
                        Tuple.of(8, advance),
                        Tuple.of(5, nudge),
                        Tuple.of(1, leap),
                        Tuple.of(2, lag),
                        Tuple.of(4, commit),
                        Tuple.of(1, compact),
                        Tuple.of(2, crash))
                .list()
                .ofMaxSize(60);
    }
}
