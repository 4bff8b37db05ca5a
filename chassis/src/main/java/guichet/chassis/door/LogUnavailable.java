package guichet.chassis.door;

/** The log did not confirm an event in time. */
public final class LogUnavailable extends RuntimeException {

    /**
     * @param cause why, as far as known
     */
    public LogUnavailable(Throwable cause) {
        super("the log did not confirm an event in time", cause);
    }
}
