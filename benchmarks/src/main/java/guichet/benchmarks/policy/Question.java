package guichet.benchmarks.policy;

import guichet.policy.Line;

import java.time.Instant;
import java.util.function.BiFunction;

/**
 * A moment on a line.
 *
 * @param hours the baseline's hours of the line
 * @param target the baseline's target of the line
 */
record Question(
        Line line, Instant at, DayByDay hours, BiFunction<DayByDay, Instant, Instant> target) {

    Question at(Instant other) {
        return new Question(line, other, hours, target);
    }

    boolean isOpenByHand() {
        return hours.isOpen(at);
    }

    Instant dueByHand() {
        return target.apply(hours, at);
    }
}
