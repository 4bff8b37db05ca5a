package guichet.intake.hours;

import guichet.policy.Channel;
import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.Plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;

/**
 * When a line is open, seen from one instant.
 *
 * @param language the queue: en, pt or es
 * @param at the instant
 * @param open whether the line is open then
 * @param nextOpening when it opens next; null while it is open, or where no opening is known
 * @param nextClosing when it closes next; null where it does not within ten years
 * @param nextChange when it opens or closes next, whichever it does; null where neither is known
 * @param zone the zone in which the line's days begin and end
 * @param week the coming week, as the asker's clocks show it
 */
record LineHours(
        String language,
        Channel channel,
        Plan plan,
        Instant at,
        boolean open,
        @Nullable Instant nextOpening,
        @Nullable Instant nextClosing,
        @Nullable Instant nextChange,
        String zone,
        ComingWeek week) {

    static LineHours of(Line line, OpeningHours hours, Instant at, ZoneId asker) {
        boolean open = hours.isOpen(at);
        Instant nextOpening = open ? null : hours.nextOpening(at).orElse(null);
        Instant nextClosing = hours.nextClosing(at).orElse(null);
        return new LineHours(
                line.language().tag(),
                line.channel(),
                line.plan(),
                at,
                open,
                nextOpening,
                nextClosing,
                open ? nextClosing : nextOpening,
                hours.zone().getId(),
                ComingWeek.of(hours, at, asker));
    }
}
