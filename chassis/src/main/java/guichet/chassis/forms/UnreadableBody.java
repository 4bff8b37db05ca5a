package guichet.chassis.forms;

/** A body that is no JSON object. */
public final class UnreadableBody extends RuntimeException {

    private final String detail;

    UnreadableBody(String detail) {
        super(detail, null, false, false);
        this.detail = detail;
    }

    /** What is wrong with it, as a sentence for the sender. */
    public String detail() {
        return detail;
    }
}
