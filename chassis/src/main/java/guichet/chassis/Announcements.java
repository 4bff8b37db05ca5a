package guichet.chassis;

import guichet.policy.AnnouncedClosure;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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
     */
    record Board(boolean complete, Map<String, Notice> closures) {

        /** Nothing has been announced. */
        public static final Board EMPTY = new Board(true, Map.of());

        /** Copies the map. */
        public Board {
            closures = Map.copyOf(closures);
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
