package guichet.intake;

import guichet.intake.identity.Caller;
import guichet.policy.Plan;

/** Callers as the tests need them. */
public final class Callers {

    private Callers() {}

    public static Caller.SignedIn on(Plan plan) {
        return new Caller.SignedIn("person-7", "Ana Prado", "ana@example.com", plan);
    }

    public static Caller.Visitor visitor() {
        return new Caller.Visitor();
    }
}
