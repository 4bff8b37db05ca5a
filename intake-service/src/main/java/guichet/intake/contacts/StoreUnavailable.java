package guichet.intake.contacts;

/** What comes with a request cannot be kept, or what was kept cannot be read, just now. */
public final class StoreUnavailable extends RuntimeException {

    /**
     * @param cause why
     */
    public StoreUnavailable(Throwable cause) {
        super("the store cannot be used just now", cause);
    }
}
