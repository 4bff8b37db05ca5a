package guichet.chassis;

import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What went wrong and where, for the log, without the words: a failure's message may quote what a
 * customer wrote. In its place stands the failure's type. What brokers say stays: it is about
 * topics and addresses.
 */
public final class Wordless extends Throwable {

    private Wordless(Throwable original, @Nullable Wordless cause) {
        super(
                original instanceof ApiException
                        ? original.toString()
                        : original.getClass().getName(),
                cause,
                false,
                true);
        setStackTrace(original.getStackTrace());
    }

    /** A copy, causes included, to be logged in place of the failure. */
    public static Wordless of(Throwable failure) {
        return of(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static Wordless of(Throwable failure, Set<Throwable> seen) {
        seen.add(failure);
        Throwable cause = failure.getCause();
        return new Wordless(
                failure, cause == null || seen.contains(cause) ? null : of(cause, seen));
    }
}
