package guichet.policy;

/** What the customer says of the effect on the business (C1). */
public enum Impact {
    URGENT,
    HIGH,
    NORMAL,
    LOW
}
