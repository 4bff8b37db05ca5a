package guichet.policy;

/**
 * A rule of the policy that took part in a decision.
 *
 * @param row the mission row, or the owner's name for the rule
 * @param words what it says, in English
 */
public record AppliedRule(String row, String words) {

    @Override
    public String toString() {
        return row + ": " + words;
    }
}
