package guichet.policy;

/**
 * What the customer's account has bought; decides opening hours (H3, H4) and support level (T4).
 */
public enum Plan {
    BASIC,
    TEAM,
    AGENCY,
    ENTERPRISE
}
