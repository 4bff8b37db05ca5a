package guichet.deadlines;

import static guichet.deadlines.DeadlinesDriver.START;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class DeadlinesProperties {

    private static final Comparator<Deadline> DUE = Comparator.comparing(Deadline::due);

    sealed interface Step {
        record Schedule(String owner, String kind, int inMillis) implements Step {}

        record Cancel(String owner, String kind) implements Step {}

        record Advance(int millis) implements Step {}
    }

    @Property(tries = 60)
    void firesWhatAPlainMapOfDeadlinesWouldFire(@ForAll("steps") List<Step> steps) {
        Map<List<String>, Deadline> open = new HashMap<>();
        Instant now = START;
        try (DeadlinesDriver desk = new DeadlinesDriver(1000)) {
            for (Step step : steps) {
                List<Deadline> expected = List.of();
                switch (step) {
                    case Step.Schedule(String owner, String kind, int inMillis) -> {
                        Deadline deadline = new Deadline(owner, kind, now.plusMillis(inMillis));
                        desk.schedule(owner, kind, deadline.due());
                        open.put(List.of(owner, kind), deadline);
                    }
                    case Step.Cancel(String owner, String kind) -> {
                        desk.cancel(owner, kind);
                        open.remove(List.of(owner, kind));
                    }
                    case Step.Advance(int millis) -> {
                        int whole = (millis / 100 + 1) * 100;
                        now = now.plusMillis(whole);
                        desk.advance(Duration.ofMillis(whole));
                        expected = takeDue(open, now);
                    }
                }
                List<Deadline> reached = desk.reached();
                assertThat(reached)
                        .containsExactlyInAnyOrderElementsOf(expected)
                        .isSortedAccordingTo(DUE);
            }
        }
    }

    private static List<Deadline> takeDue(Map<List<String>, Deadline> open, Instant now) {
        List<Deadline> due = new ArrayList<>(open.values());
        due.removeIf(deadline -> deadline.due().isAfter(now));
        open.values().removeAll(due);
        return due;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> owner = Arbitraries.of("a", "b", "c", "a\u0000", "");
        Arbitrary<String> kind = Arbitraries.of("due", "soon");
        Arbitrary<Step> schedule =
                Combinators.combine(owner, kind, Arbitraries.integers().between(-5_000, 20_000))
                        .as(Step.Schedule::new);
        Arbitrary<Step> cancel = Combinators.combine(owner, kind).as(Step.Cancel::new);
        Arbitrary<Step> advance = Arbitraries.integers().between(0, 6_000).map(Step.Advance::new);
        return Arbitraries.oneOf(schedule, schedule, cancel, advance).list().ofMaxSize(60);
    }
}
