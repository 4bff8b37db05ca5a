package guichet.benchmarks.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;

class LoadTest {

    private static final int COUNT = 10_000;
    private static final long FIRST_DUE = 5_000_000;

    private final Load load = Load.answered(7, COUNT, FIRST_DUE, Duration.ofMinutes(1), 0.2);

    @Test
    void fallsDueEvenly() {
        assertThat(load.firstDue()).isEqualTo(FIRST_DUE);
        assertThat(load.due(COUNT / 2)).isEqualTo(FIRST_DUE + 30_000);
        assertThat(load.lastDue()).isBetween(FIRST_DUE + 59_900, FIRST_DUE + 60_000);
    }

    @Test
    void isAnsweredAsOftenAsAskedAndInTheLastSecond() {
        int[] answers = load.answers();

        assertThat(answers.length).isBetween(COUNT / 5 - 200, COUNT / 5 + 200);
        assertThat(Arrays.stream(answers).mapToLong(load::answerAt).toArray()).isSorted();
        assertThat(Arrays.stream(answers).boxed())
                .allSatisfy(
                        number ->
                                assertThat(load.due(number) - load.answerAt(number))
                                        .isBetween(0L, 1_000L));
    }

    @Test
    void knowsItsOwners() {
        assertThat(load.has(load.owner(42))).isTrue();
        assertThat(Owners.number(load.owner(42))).isEqualTo(42);
        assertThat(load.has(Owners.name(8, 42))).isFalse();
    }
}
