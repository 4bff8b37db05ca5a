package guichet.intake.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.intake.Callers;
import guichet.policy.Channel;
import guichet.policy.Plan;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class ContactIdsTest {

    private static final Requester ANA = Requester.of(Callers.on(Plan.BASIC));
    private static final Requester VISITOR =
            Requester.of(Callers.visitor(), "Bo", "bo@example.com");

    private final ContactIds ids = new ContactIds(() -> new UUID(1, 2));

    @Test
    void aKeyGivesTheSameIdOnEveryCopyOfTheService() {
        UUID here = ids.idFor(Channel.WEB, ANA, new IdempotencyKey("k"));
        UUID there =
                new ContactIds(UUID::randomUUID).idFor(Channel.WEB, ANA, new IdempotencyKey("k"));

        assertThat(here).isEqualTo(there).hasToString("b463bf93-869b-32bd-8626-abc426431dc3");
    }

    @Test
    void keysChannelsAndCustomersAreKeptApart() {
        IdempotencyKey key = new IdempotencyKey("k");

        assertThat(ids.idFor(Channel.WEB, ANA, key))
                .isNotEqualTo(ids.idFor(Channel.CHAT, ANA, key))
                .isNotEqualTo(ids.idFor(Channel.WEB, VISITOR, key))
                .isNotEqualTo(ids.idFor(Channel.WEB, ANA, new IdempotencyKey("l")));
    }

    @Test
    void withoutAKeyOnlyTheSameOfTheSameCustomerIsAlike() {
        assertThat(ids.alike(Channel.WEB, ANA, "f"))
                .isEqualTo(ids.alike(Channel.WEB, ANA, "f"))
                .isNotEqualTo(ids.alike(Channel.CHAT, ANA, "f"))
                .isNotEqualTo(ids.alike(Channel.WEB, VISITOR, "f"))
                .isNotEqualTo(ids.alike(Channel.WEB, ANA, "g"));
    }

    @Test
    void withoutAKeyTheIdIsFresh() {
        assertThat(ids.idFor(Channel.WEB, ANA, null)).isEqualTo(new UUID(1, 2));
    }
}
