package guichet.intake.identity;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Plan;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

class AccountsTest {

    @Test
    void t4TheHighestPlanDecides() {
        var accounts =
                List.of(
                        account("TEAM"),
                        account("ENTERPRISE"),
                        account("BASIC"),
                        account("AGENCY"));

        assertThat(Accounts.highestPlan(accounts)).isEqualTo(Plan.ENTERPRISE);
    }

    @Test
    void t4AnAccountWhosePlanIsUnknownCountsAsBasic() {
        assertThat(Accounts.highestPlan(List.of(account("PLATINUM")))).isEqualTo(Plan.BASIC);
        assertThat(Accounts.highestPlan(List.of(account("PLATINUM"), account("TEAM"))))
                .isEqualTo(Plan.TEAM);
    }

    @Test
    void t4AClaimThatIsNoListOfAccountsGivesBasic() {
        assertThat(Accounts.highestPlan(null)).isEqualTo(Plan.BASIC);
        assertThat(Accounts.highestPlan("ENTERPRISE")).isEqualTo(Plan.BASIC);
        assertThat(Accounts.highestPlan(List.of())).isEqualTo(Plan.BASIC);
        assertThat(Accounts.highestPlan(Arrays.asList(null, "AGENCY", 3, Map.of("role", "owner"))))
                .isEqualTo(Plan.BASIC);
    }

    private static Map<String, String> account(String plan) {
        return Map.of("id", "a-1", "plan", plan, "role", "owner");
    }
}
