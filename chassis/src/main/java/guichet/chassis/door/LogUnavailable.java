package guichet.chassis.door;

import org.jspecify.annotations.Nullable;

/** The log did not confirm an event in time, or was not asked, as it is known not to. */
public final class LogUnavailable extends RuntimeException {

    /**
     * @param cause why, as far as known; null where the log was not asked
     */
    public LogUnavailable(@Nullable Throwable cause) {
        super("the log did not confirm an event in time", cause);
    }
}
