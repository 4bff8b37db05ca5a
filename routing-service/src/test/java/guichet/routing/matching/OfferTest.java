package guichet.routing.matching;

import static guichet.routing.matching.Desk.ONE_CHAT;
import static guichet.routing.matching.Desk.TEN;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;

import org.junit.jupiter.api.Test;

import java.util.Map;

class OfferTest {

    private static final Map<Channel, Integer> THREE_CHATS = Map.of(Channel.CHAT, 3);

    private final Desk desk = Desk.open();

    @Test
    void anOfferLastsTwentySecondsThenGoesOnToAnother() {
        desk.agent("ana");
        desk.chat("chat");
        desk.agent("ben");

        assertThat(desk.last(Decision.Offered.class).expiresAt()).isEqualTo(TEN.plusSeconds(20));
        assertThat(desk.pass(19)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("ana let chat/1 pass", "chat/2 offered to ben");
    }

    @Test
    void whoLetAnOfferPassGetsItAgainOnlyIfNobodyElseIsFree() {
        desk.agent("ana");
        desk.chat("chat");

        assertThat(desk.pass(20)).containsExactly("ana let chat/1 pass", "chat/2 offered to ana");
    }

    @Test
    void whoLetsTwoOffersRunningPassIsSetAwayAndHisOthersGoBack() {
        desk.agent("ana", Presence.AVAILABLE, THREE_CHATS);
        desk.chat("a");
        desk.pass(20);
        desk.pass(10);
        desk.chat("b");

        assertThat(desk.pass(10))
                .containsExactly("ana let a/2 pass", "ana set away", "b left ana: AGENT_AWAY");
        assertThat(desk.engine.agents(Presence.AWAY)).isEqualTo(1);
        assertThat(desk.agent("ana", Presence.AVAILABLE, THREE_CHATS))
                .containsExactly("a/3 offered to ana", "b/2 offered to ana");
    }

    @Test
    void acceptingOrDecliningShowsThatAnAgentIsThere() {
        desk.agent("ana", Presence.AVAILABLE, THREE_CHATS);
        desk.chat("a");
        desk.pass(20);
        desk.accept("ana", "a/2");
        desk.chat("b");

        assertThat(desk.pass(20)).containsExactly("ana let b/1 pass", "b/2 offered to ana");

        desk.decline("ana", "b/2");
        desk.chat("c");

        assertThat(desk.pass(20)).containsExactly("ana let c/1 pass", "c/2 offered to ana");
    }

    @Test
    void whoDeclinesIsNotAskedAgainForThirtySecondsEvenWhenNobodyElseIsFree() {
        desk.agent("ana");
        desk.chat("chat");

        assertThat(desk.decline("ana", "chat/1")).containsExactly("chat left ana: DECLINED");
        assertThat(desk.pass(29)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("chat/2 offered to ana");
    }

    @Test
    void whoDeclinesIsOfferedTheNext() {
        desk.agent("ana");
        desk.chat("a");
        desk.chat("b");

        assertThat(desk.decline("ana", "a/1"))
                .containsExactly("a left ana: DECLINED", "b/1 offered to ana");
    }

    @Test
    void aContactKeepsItsPlaceThroughOffersThatCameToNothing() {
        desk.agent("ana");
        desk.chat("old");
        desk.pass(5);
        desk.chat("new");

        desk.agent("ana", Presence.OFFLINE, ONE_CHAT);

        assertThat(desk.engine.position("old")).hasValue(1);
        assertThat(desk.engine.position("new")).hasValue(2);
    }

    @Test
    void acceptingTwiceIsToldSo() {
        desk.agent("ana");
        desk.chat("chat");

        assertThat(desk.accept("ana", "chat/1")).containsExactly("ana has chat");
        assertThat(desk.accept("ana", "chat/1"))
                .containsExactly("chat/1 refused to ana: ALREADY_YOURS");
    }

    @Test
    void acceptingTooLateIsRefusedWithTheReason() {
        desk.agent("ana", Presence.AVAILABLE, THREE_CHATS);
        desk.chat("passed");
        desk.pass(20);
        desk.chat("declined");
        desk.decline("ana", "declined/1");
        desk.chat("withdrawn");
        desk.end("withdrawn");

        assertThat(desk.accept("ana", "passed/1"))
                .containsExactly("passed/1 refused to ana: EXPIRED");
        assertThat(desk.accept("ana", "declined/1"))
                .containsExactly("declined/1 refused to ana: DECLINED");
        assertThat(desk.accept("ana", "withdrawn/1"))
                .containsExactly("withdrawn/1 refused to ana: RESCINDED");
    }

    @Test
    void anOfferIsOpenUntilItsEndIsTold() {
        desk.agent("ana");
        desk.chat("chat");

        assertThat(
                        desk.engine.decide(
                                new Happening.Accepted("ana", "chat/1", "chat"),
                                TEN.plusSeconds(25)))
                .hasOnlyElementsOfType(Decision.Assigned.class);
    }

    @Test
    void nobodyAcceptsForAnother() {
        desk.agent("ana");
        desk.chat("chat");

        assertThat(desk.accept("ben", "chat/1"))
                .containsExactly("chat/1 refused to ben: NOT_YOURS");
        assertThat(desk.accept("ana", "chat/2")).containsExactly("chat/2 refused to ana: UNKNOWN");
        assertThat(desk.accept("ana", "nothing/1"))
                .containsExactly("nothing/1 refused to ana: UNKNOWN");
    }

    @Test
    void everyOfferTellsWhy() {
        desk.agent("ana");
        desk.agent("away", Presence.AWAY, ONE_CHAT);
        desk.chat("a");
        desk.chat("b");
        desk.pass(5);
        desk.agent("ben");
        desk.decline("ben", "b/1");

        assertThat(desk.end("a")).containsExactly("a left ana: WITHDRAWN", "b/2 offered to ana");
        assertThat(desk.last(Decision.Offered.class).reasons())
                .containsExactly(
                        "1 of 1 in the es CHAT queue: due 2027-03-01T10:15:00Z less PT0S",
                        "2 able: the only one to ask",
                        "passed over: 1 away, 1 declined it lately");
    }
}
