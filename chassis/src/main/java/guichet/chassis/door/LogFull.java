package guichet.chassis.door;

/** More is on its way to the log than it should have to take; the event is not there. */
public final class LogFull extends RuntimeException {

    /** To be thrown instead of an event that is not even tried. */
    public LogFull() {
        super("too much is on its way to the log", null, false, false);
    }
}
