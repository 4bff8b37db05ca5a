package guichet.localstack;

import org.springframework.beans.BeansException;

import java.util.ArrayList;
import java.util.List;

/** A part of the desk did not come up; the message says which and why, for the person who asked. */
public final class StartFailed extends RuntimeException {

    StartFailed(String part, Throwable cause) {
        super("%s did not come up: %s".formatted(part, reasons(cause)), cause);
    }

    /** Each once, from what was tried down to what went wrong. */
    private static String reasons(Throwable failure) {
        List<String> reasons = new ArrayList<>();
        for (Throwable link = failure; link != null; link = link.getCause()) {
            String reason = link.getMessage() == null ? link.toString() : link.getMessage();
            if (!passesOn(link) && reasons.stream().noneMatch(told -> told.contains(reason))) {
                reasons.add(reason);
            }
        }
        return String.join(": ", reasons);
    }

    /** Whether it says nothing of its own, or only in which bean it happened. */
    private static boolean passesOn(Throwable link) {
        Throwable cause = link.getCause();
        return cause != null
                && (link instanceof BeansException
                        || link.getMessage() == null
                        || link.getMessage().equals(cause.toString()));
    }
}
