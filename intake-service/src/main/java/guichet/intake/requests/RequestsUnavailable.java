package guichet.intake.requests;

import org.jspecify.annotations.Nullable;

/** The database of requests does not answer. */
public final class RequestsUnavailable extends RuntimeException {

    RequestsUnavailable(@Nullable Throwable cause) {
        super("the database of requests does not answer", cause);
    }
}
