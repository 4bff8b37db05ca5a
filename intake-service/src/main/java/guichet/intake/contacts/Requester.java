package guichet.intake.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.Customer;
import guichet.intake.identity.Caller;
import guichet.policy.Plan;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.UUID;

/**
 * The customer of a contact. Personal data: never logged, and not shown by {@link #toString}.
 *
 * @param customerId the token's subject; for a visitor derived from the e-mail address
 * @param name as the customer writes it; null where unknown
 * @param email for the answer; null where unknown
 * @param plan decides hours and level (T4)
 */
public record Requester(
        String customerId, @Nullable String name, @Nullable String email, Plan plan) {

    /** A caller who gave a name and an address. */
    public static Requester of(Caller caller, String name, String email) {
        return new Requester(customerId(caller, email), name, email, caller.plan());
    }

    /** A signed-in caller, as the token describes them. */
    public static Requester of(Caller.SignedIn caller) {
        return new Requester(caller.subject(), caller.name(), caller.email(), caller.plan());
    }

    private static String customerId(Caller caller, String email) {
        return switch (caller) {
            case Caller.SignedIn signedIn -> signedIn.subject();
            case Caller.Visitor visitor -> visitorId(email);
        };
    }

    /** The customer id of whoever sends tickets with an address and without a token. */
    public static String visitorId(String email) {
        return "visitor:" + UUID.nameUUIDFromBytes(email.toLowerCase(Locale.ROOT).getBytes(UTF_8));
    }

    /** As the events carry it. */
    public Customer asCustomer() {
        return Customer.newBuilder()
                .setCustomerId(customerId)
                .setName(name)
                .setEmail(email)
                .setPlan(guichet.events.Plan.valueOf(plan.name()))
                .build();
    }

    @Override
    public String toString() {
        return "Requester[" + plan + "]";
    }
}
