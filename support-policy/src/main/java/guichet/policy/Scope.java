package guichet.policy;

/** Whether the desk helps with a topic: it does (S1), it does not (S2), no longer (S3). */
enum Scope {
    IN,
    OUT,
    RETIRED
}
