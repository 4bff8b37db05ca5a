package guichet.policy;

/** What the desk computes from impact, plan, channel and scope; URGENT comes first. */
public enum Priority {
    URGENT,
    HIGH,
    NORMAL,
    LOW
}
