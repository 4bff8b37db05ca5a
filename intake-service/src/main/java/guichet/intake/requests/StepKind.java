package guichet.intake.requests;

/**
 * What a timeline tells, in the order in which things of one instant happened. Each has its words
 * in the bundle, as {@code step.<name>}.
 */
enum StepKind {
    CREATED,
    DUE_MOVED,
    ASSIGNED,
    RELEASED,
    ANSWERED,
    LATE,
    CONVERTED,
    WITHDRAWN,
    CLOSED
}
