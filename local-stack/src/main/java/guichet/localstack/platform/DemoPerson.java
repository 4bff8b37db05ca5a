package guichet.localstack.platform;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** The people of the demo: a customer of each plan (T4), an agent and a supervisor. */
public enum DemoPerson {
    BASIC("customer", "BASIC"),
    TEAM("customer", "TEAM"),
    AGENCY("customer", "AGENCY"),
    ENTERPRISE("customer", "ENTERPRISE"),
    AGENT("agent", null),
    SUPERVISOR("supervisor", null);

    private final String scope;
    private final @Nullable String plan;

    DemoPerson(String scope, @Nullable String plan) {
        this.scope = scope;
        this.plan = plan;
    }

    /** How the person is called in addresses: {@code basic}, {@code agent}, … */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String scope() {
        return scope;
    }

    /** The plan of the person's own account; null for those who work at the desk. */
    @Nullable String plan() {
        return plan;
    }
}
