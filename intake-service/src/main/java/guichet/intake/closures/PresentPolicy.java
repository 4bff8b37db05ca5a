package guichet.intake.closures;

import guichet.chassis.Announcements;
import guichet.chassis.Announcements.Board;
import guichet.chassis.door.LogUnavailable;
import guichet.policy.SupportPolicy;

/**
 * The support policy as it is now: the file's, with the closures that stand announced (H6). The SLA
 * monitor reads the same file and announcements, and so holds the desk to what is promised here.
 */
public final class PresentPolicy {

    private final SupportPolicy file;
    private final Announcements announcements;
    private volatile Heeded heeded;

    private record Heeded(Board board, SupportPolicy policy) {}

    /** The policy of a file, and what is announced beside it. */
    public PresentPolicy(SupportPolicy file, Announcements announcements) {
        this.file = file;
        this.announcements = announcements;
        this.heeded = new Heeded(Board.UNREAD, file);
    }

    /** With the closures read so far, which before the first reading are none. */
    public SupportPolicy asFarAsKnown() {
        return with(announcements.board());
    }

    /**
     * With all closures that have been announced.
     *
     * @throws LogUnavailable while they have not been read
     */
    public SupportPolicy withAllClosures() {
        Board board = announcements.board();
        if (!board.complete()) {
            throw new LogUnavailable(new UnreadAnnouncements());
        }
        return with(board);
    }

    private SupportPolicy with(Board board) {
        Heeded last = heeded;
        return last.board() == board ? last.policy() : heed(board);
    }

    /** One at a time: after an announcement everybody comes at once. */
    private synchronized SupportPolicy heed(Board board) {
        if (heeded.board() != board) {
            heeded = new Heeded(board, file.announcing(board.standing()));
        }
        return heeded.policy();
    }
}
