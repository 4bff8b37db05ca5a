package guichet.chassis.forms;

/** A body over the limit. */
public final class TooLargeBody extends RuntimeException {

    private final int limitBytes;

    TooLargeBody(int limitBytes) {
        super("a body of more than " + limitBytes + " bytes", null, false, false);
        this.limitBytes = limitBytes;
    }

    /** What a body may have at most. */
    public int limitBytes() {
        return limitBytes;
    }
}
