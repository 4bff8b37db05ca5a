package guichet.intake.contacts;

/** A request of one customer on one channel, without faults. */
public interface ContactRequest {

    /** Who asks. */
    Requester requester();
}
