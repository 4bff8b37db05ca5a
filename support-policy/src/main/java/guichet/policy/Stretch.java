package guichet.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * A part of the time between a contact's creation and its due instant, with what counted in it.
 *
 * @param from its first instant
 * @param to the first instant after it
 * @param state whether the clock ran, or what it stood for
 * @param row the mission row that says so, or the owner's name for the rule; empty where a closure
 *     was announced
 * @param reason a short English phrase
 */
public record Stretch(Instant from, Instant to, State state, String row, String reason) {

    /** What a stretch is to the clock of a contact. */
    public enum State {
        /** Open: the time counts. */
        COUNTED,
        /** Outside the opening hours. */
        OUTSIDE_HOURS,
        /** Within the opening hours, but shut by a closure of the policy. */
        CLOSURE,
        /** Within the opening hours, but shut by a closure announced at run time. */
        ANNOUNCED_CLOSURE
    }

    /** How long it is in real elapsed time. */
    public Duration duration() {
        return Duration.between(from, to);
    }
}
