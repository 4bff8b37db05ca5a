package guichet.localstack;

/** A part of the desk did not come up; the message says which and why, for the person who asked. */
public final class StartFailed extends RuntimeException {

    StartFailed(String part, Throwable cause) {
        super("%s did not come up: %s".formatted(part, root(cause)), cause);
    }

    private static String root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
