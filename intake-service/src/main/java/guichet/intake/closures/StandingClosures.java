package guichet.intake.closures;

import guichet.chassis.Announcements.Board;
import guichet.chassis.Announcements.Notice;

import java.util.stream.Stream;

/** The closures of a board that nobody has called off. */
final class StandingClosures {

    private StandingClosures() {}

    static Stream<Notice> on(Board board) {
        return board.closures().values().stream().filter(notice -> notice.calledOffAt().isEmpty());
    }
}
