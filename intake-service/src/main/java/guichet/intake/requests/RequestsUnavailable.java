package guichet.intake.requests;

import org.jspecify.annotations.Nullable;

/** The database of requests does not answer, or too many ask it at once. */
public final class RequestsUnavailable extends RuntimeException {

    RequestsUnavailable(@Nullable Throwable cause) {
        super("the database of requests cannot be asked just now", cause);
    }
}
