package guichet.routing.matching;

import static guichet.routing.matching.Desk.ONE_CHAT;
import static guichet.routing.matching.Desk.TEN;
import static guichet.routing.matching.Desk.rules;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.OfferRules;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Rules that change while the desk works. */
class RuleChangeTest {

    private static final Instant CHANGE = TEN.plusSeconds(100);

    private static final OfferRules BEFORE = rules(null);

    private static final OfferRules AFTER =
            new OfferRules(
                    Duration.ofSeconds(50),
                    1,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Optional.empty(),
                    Duration.ofSeconds(45));

    private final Desk desk = Desk.changing(BEFORE, CHANGE, AFTER);

    @Test
    void anOfferLastsAsLongAsTheRulesSaidWhenItBegan() {
        desk.agent("ana", Presence.AVAILABLE, Map.of(Channel.CHAT, 2));
        desk.pass(99);
        desk.chat("before");
        assertThat(desk.last(Decision.Offered.class).expiresAt()).isEqualTo(TEN.plusSeconds(119));

        desk.pass(1);
        desk.chat("after");
        assertThat(desk.last(Decision.Offered.class).expiresAt()).isEqualTo(TEN.plusSeconds(150));
    }

    @Test
    void theNumberOfMissesThatSetsAwayIsThatOfTheMoment() {
        desk.agent("ana");
        desk.pass(90);
        desk.chat("chat");

        assertThat(desk.pass(20)).containsExactly("ana let chat/1 pass", "ana set away");
    }

    @Test
    void aPauseLastsAsLongAsTheRulesSaidWhenItBegan() {
        desk.agent("ana");
        desk.pass(95);
        desk.chat("chat");
        desk.decline("ana", "chat/1");

        assertThat(desk.pass(29)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("chat/2 offered to ana");
    }

    @Test
    void thePreferredAgentsClaimLastsAsLongAsTheRulesSaidWhenTheContactWasQueued() {
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.agent("ben");
        desk.pass(95);
        desk.chatPreferring("ana", "b");

        assertThat(desk.pass(59)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("b/1 offered to ben");
    }

    @Test
    void furtherLanguagesServeFromTheMomentWhenTheRulesSaySo() {
        Desk desk = Desk.changing(rules(null), CHANGE, rules(Duration.ZERO));
        desk.agent("ben", Language.EN, Language.ES);
        desk.chat("chat");

        assertThat(desk.pass(99)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("chat/1 offered to ben");
    }

    @Test
    void whoMayServeFurtherLanguagesNowTakesTheFirstOfAllTheirQueues() {
        Desk desk = Desk.changing(rules(null), CHANGE, rules(Duration.ZERO));
        desk.queue("chat", Channel.CHAT, TEN.plusSeconds(500), Duration.ZERO, null);
        desk.queue("call", Channel.PHONE, TEN.plusSeconds(400), Duration.ZERO, null);
        desk.agent(
                "ben",
                Presence.AVAILABLE,
                Map.of(Channel.CHAT, 1, Channel.PHONE, 1),
                Language.EN,
                Language.ES);

        assertThat(desk.pass(100)).containsExactly("call/1 offered to ben");
    }

    @Test
    void theTimeWithoutAFirstLanguageCountsFromWhenItBegan() {
        Desk desk = Desk.changing(rules(null), CHANGE, rules(Duration.ofSeconds(130)));
        desk.agent("ben", Language.EN, Language.ES);
        desk.chat("chat");

        assertThat(desk.pass(129)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("chat/1 offered to ben");
    }

    @Test
    void furtherLanguagesThatServeAlreadyWaitWhereTheRulesSaySo() {
        Desk desk =
                Desk.changing(
                        rules(Duration.ofSeconds(10)), CHANGE, rules(Duration.ofSeconds(130)));
        desk.agent("ben", Language.EN, Language.ES);
        desk.pass(100);

        assertThat(desk.chat("chat")).isEmpty();
        assertThat(desk.pass(29)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("chat/1 offered to ben");
    }

    @Test
    void furtherLanguagesServeNoMoreWhenTheRulesSaySo() {
        Desk desk = Desk.changing(rules(Duration.ZERO), CHANGE, rules(null));
        desk.agent("ben", Presence.AVAILABLE, ONE_CHAT, Language.EN, Language.ES);

        desk.pass(100);

        assertThat(desk.chat("chat")).isEmpty();
    }

    @Test
    void nothingElseIsDecidedByTheOldRulesOnceTheirTimeIsOver() {
        assertThat(desk.engine.rulesAreOver(CHANGE.minusMillis(1))).isFalse();
        assertThat(desk.engine.rulesAreOver(CHANGE)).isTrue();

        desk.pass(100);

        assertThat(desk.engine.rulesAreOver(CHANGE.plusSeconds(86_400))).isFalse();
    }
}
