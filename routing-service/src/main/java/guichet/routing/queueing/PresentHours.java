package guichet.routing.queueing;

import guichet.chassis.Announcements;
import guichet.events.ContactQueued;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.OpeningHours;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.jspecify.annotations.Nullable;

/** The opening hours as they are now: the policy's, less the closures that stand announced (H6). */
final class PresentHours {

    private final SupportPolicy file;
    private final Announcements announcements;
    private SupportPolicy present;
    private Announcements.@Nullable Board heeded;

    PresentHours(SupportPolicy file, Announcements announcements) {
        this.file = file;
        this.announcements = announcements;
        this.present = file;
        haveChanged();
    }

    /** Whether a closure was announced or called off since last asked. */
    boolean haveChanged() {
        Announcements.Board board = announcements.board();
        if (board == heeded) {
            return false;
        }
        heeded = board;
        present = file.announcing(board.standing());
        return true;
    }

    OpeningHours of(ContactQueued contact) {
        return present.hours(
                new Line(
                        Language.ofTag(contact.getLanguage()).orElseThrow(),
                        Plan.valueOf(contact.getPlan().name()),
                        Channel.valueOf(contact.getChannel().name())));
    }
}
