package guichet.intake.requests;

import org.springframework.core.NestedExceptionUtils;

import java.sql.SQLException;

/** PostgreSQL is well, and does not take what it is given. */
final class RefusedData extends RuntimeException {

    RefusedData(RuntimeException cause) {
        super("PostgreSQL does not take what it is given", cause);
    }

    /** By the classes of SQLState: data exception, integrity violation, program limit exceeded. */
    static boolean isCauseOf(RuntimeException failure) {
        String state =
                NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
                        ? sql.getSQLState()
                        : null;
        return state != null
                && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }
}
