package guichet.routing.matching;

/** Whether an agent takes work. */
enum Presence {
    AVAILABLE,
    BUSY,
    AWAY,
    OFFLINE;

    /** At work, whether or not new work is welcome. */
    boolean isPresent() {
        return this == AVAILABLE || this == BUSY;
    }
}
