package guichet.intake.closures;

/** It is not known yet what has been announced. */
final class UnreadAnnouncements extends RuntimeException {

    UnreadAnnouncements() {
        super("what has been announced has not been read yet", null, false, false);
    }
}
