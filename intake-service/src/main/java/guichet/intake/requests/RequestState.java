package guichet.intake.requests;

/** What has become of a request; the column {@code state} says the same names. */
enum RequestState {
    /** Nobody has it yet. */
    WAITING,
    /** An agent has it and has not responded yet. */
    ASSIGNED,
    /** An agent has responded, joined the chat or called. */
    ANSWERED,
    /** The chat or call was over 30 minutes and goes on as a ticket (E1, E2). */
    CONVERTED,
    /** The customer took it back, or left before anybody responded. */
    WITHDRAWN,
    /** It is over. */
    CLOSED
}
