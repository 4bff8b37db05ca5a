package guichet.intake.hours;

import guichet.policy.Channel;
import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.Plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * When a line is open, seen from one instant.
 *
 * @param language the queue: en, pt or es
 * @param at the instant
 * @param open whether the line is open then
 * @param nextOpening when it opens next; null while it is open, or where no opening is known
 * @param nextClosing when it closes next; null where it does not within ten years
 * @param zone the zone in which the line's days begin and end
 */
record LineHours(
        String language,
        Channel channel,
        Plan plan,
        Instant at,
        boolean open,
        @Nullable Instant nextOpening,
        @Nullable Instant nextClosing,
        String zone) {

    static LineHours of(Line line, OpeningHours hours, Instant at) {
        boolean open = hours.isOpen(at);
        return new LineHours(
                line.language().tag(),
                line.channel(),
                line.plan(),
                at,
                open,
                open ? null : hours.nextOpening(at).orElse(null),
                hours.nextClosing(at).orElse(null),
                hours.zone().getId());
    }
}
