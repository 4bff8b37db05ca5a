package guichet.intake.identity;

import guichet.policy.Plan;

import org.jspecify.annotations.Nullable;

/**
 * Who sends a request. What a caller has bought comes from the token alone, never from the body.
 */
public sealed interface Caller {

    /** The plan that decides hours and level (T4). */
    Plan plan();

    /** Someone without a token; may send a web ticket. */
    record Visitor() implements Caller {

        @Override
        public Plan plan() {
            return Plan.BASIC;
        }
    }

    /**
     * Someone whose token was signed by the desk's identity provider.
     *
     * @param subject the provider's stable id of the person
     * @param name as the token has it; null where it has none
     * @param email as the token has it; null where it has none, or does not say that it is verified
     *     where it says anything of that
     * @param plan the highest plan among the person's accounts (T4)
     */
    record SignedIn(String subject, @Nullable String name, @Nullable String email, Plan plan)
            implements Caller {}

    /** The person of a token; a visitor where there is none. */
    static Caller of(@Nullable SignedIn signedIn) {
        return signedIn == null ? new Visitor() : signedIn;
    }
}
