package guichet.chassis;

import guichet.policy.AnnouncedClosure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The closures announced while the desk runs, as far as this process has read them (H6). */
@FunctionalInterface
public interface Announcements {

    /** The same object until something is announced or called off. Any thread may ask. */
    Board board();

    /**
     * What has been announced.
     *
     * @param complete whether the topic has been read to an end at least once; until then a closure
     *     that is missing may just not have been read yet
     * @param closures by id
     * @param unreadable ids of which the last word could not be read; what was known of them stands
     */
    record Board(boolean complete, Map<String, Notice> closures, Set<String> unreadable) {

        /** Nothing has been read yet. */
        public static final Board UNREAD = new Board(false, Map.of(), Set.of());

        /** Nothing has been announced. */
        public static final Board EMPTY = new Board(true, Map.of(), Set.of());

        /** Copies what it is given. */
        public Board {
            closures = Map.copyOf(closures);
            unreadable = Set.copyOf(unreadable);
        }

        /** Those that nobody has called off. */
        public List<AnnouncedClosure> standing() {
            return closures.values().stream()
                    .filter(notice -> notice.calledOffAt().isEmpty())
                    .map(Notice::closure)
                    .toList();
        }
    }

    /**
     * One closure.
     *
     * @param announcedAt when it was announced
     * @param calledOffAt when it was called off; empty while it stands
     */
    record Notice(AnnouncedClosure closure, Instant announcedAt, Optional<Instant> calledOffAt) {}
}
