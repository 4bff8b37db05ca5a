package guichet.intake.identity;

import guichet.policy.Plan;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The {@code accounts} claim: a list of {@code {"id", "plan", "role"}}. */
final class Accounts {

    private Accounts() {}

    /**
     * The highest plan among the accounts (T4). An account whose plan is missing or unknown here
     * counts as BASIC, so that a plan this version does not know never locks anyone out.
     */
    static Plan highestPlan(@Nullable Object claim) {
        if (!(claim instanceof List<?> accounts)) {
            return Plan.BASIC;
        }
        return accounts.stream()
                .map(Accounts::planOf)
                .max(Comparator.naturalOrder())
                .orElse(Plan.BASIC);
    }

    private static Plan planOf(@Nullable Object account) {
        Object named = account instanceof Map<?, ?> fields ? fields.get("plan") : null;
        return Arrays.stream(Plan.values())
                .filter(plan -> plan.name().equals(Objects.toString(named, "")))
                .findFirst()
                .orElse(Plan.BASIC);
    }
}
