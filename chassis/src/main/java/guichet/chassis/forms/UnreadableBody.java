package guichet.chassis.forms;

/** A body that is no JSON object, or no form. */
public final class UnreadableBody extends RuntimeException {

    private final String detail;

    /**
     * @param detail what is wrong with it, as a sentence for the sender
     */
    public UnreadableBody(String detail) {
        super(detail, null, false, false);
        this.detail = detail;
    }

    /** What is wrong with it, as a sentence for the sender. */
    public String detail() {
        return detail;
    }
}
