package guichet.intake;

import guichet.chassis.Announcements;
import guichet.events.ClosureAnnounced;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What has been announced, as the tests need it; read as soon as it is announced. */
public final class Noticeboard implements Announcements {

    private volatile Board board = Board.EMPTY;

    /** A closure of chat and phone in every language. */
    public static AnnouncedClosure closure(String from, String to) {
        return new AnnouncedClosure(
                "drill-" + from,
                Instant.parse(from),
                Instant.parse(to),
                Set.of(Channel.CHAT, Channel.PHONE),
                Set.of(),
                "A drill");
    }

    @Override
    public Board board() {
        return board;
    }

    public void announce(AnnouncedClosure closure) {
        put(closure, Optional.empty());
    }

    /** As the reader of the topic does; of channels only. */
    public void announce(ClosureAnnounced event) {
        announce(
                new AnnouncedClosure(
                        event.getClosureId(),
                        event.getStartsAt(),
                        event.getEndsAt(),
                        event.getChannels().stream()
                                .map(channel -> Channel.valueOf(channel.name()))
                                .collect(Collectors.toSet()),
                        Set.of(),
                        event.getReason()));
    }

    public void callOff(String id) {
        Notice notice = Objects.requireNonNull(board.closures().get(id));
        put(notice.closure(), Optional.of(notice.announcedAt().plusSeconds(1)));
    }

    public void clear() {
        board = Board.EMPTY;
    }

    /** As before the first reading. */
    public void forget() {
        board = Board.UNREAD;
    }

    private void put(AnnouncedClosure closure, Optional<Instant> calledOffAt) {
        Map<String, Notice> closures = new HashMap<>(board.closures());
        closures.put(
                closure.id(), new Notice(closure, closure.from().minusSeconds(60), calledOffAt));
        board = new Board(true, closures, Set.of());
    }
}
