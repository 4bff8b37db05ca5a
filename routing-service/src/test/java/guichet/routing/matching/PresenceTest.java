package guichet.routing.matching;

import static guichet.routing.matching.Desk.ONE_CHAT;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Priority;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class PresenceTest {

    private static final Map<Channel, Integer> THREE_CHATS = Map.of(Channel.CHAT, 3);

    private final Desk desk = Desk.open();

    @Test
    void whoGoesOfflineGivesBackWhatHeHasNotAnswered() {
        desk.agent("ana", Presence.AVAILABLE, THREE_CHATS);
        desk.chat("offered");
        desk.chat("assigned");
        desk.chat("answered");
        desk.accept("ana", "assigned/1");
        desk.accept("ana", "answered/1");
        desk.answer("ana", "answered");

        assertThat(desk.agent("ana", Presence.OFFLINE, THREE_CHATS))
                .containsExactly(
                        "assigned left ana: AGENT_OFFLINE", "offered left ana: AGENT_OFFLINE");
        assertThat(desk.agent("ben", Presence.AVAILABLE, THREE_CHATS))
                .containsExactly("assigned/2 offered to ben", "offered/2 offered to ben");
    }

    @Test
    void whoGoesAwayKeepsWhatHeTook() {
        desk.agent("ana", Presence.AVAILABLE, THREE_CHATS);
        desk.chat("offered");
        desk.chat("assigned");
        desk.accept("ana", "assigned/1");

        assertThat(desk.agent("ana", Presence.AWAY, THREE_CHATS))
                .containsExactly("offered left ana: AGENT_AWAY");
    }

    @Test
    void whoIsBusyGetsNoMoreButKeepsHisOffers() {
        desk.agent("ana", Presence.AVAILABLE, THREE_CHATS);
        desk.chat("a");

        assertThat(desk.agent("ana", Presence.BUSY, THREE_CHATS)).isEmpty();
        assertThat(desk.chat("b")).isEmpty();
        assertThat(desk.accept("ana", "a/1")).containsExactly("ana has a");
    }

    @Test
    void aSecondBrowserWindowChangesNothing() {
        desk.agent("ana");
        desk.pass(1);
        desk.agent("ben");
        desk.pass(1);

        desk.agent("ana");

        assertThat(desk.engine.drainChanges().agents()).isEmpty();
        assertThat(desk.chat("chat")).containsExactly("chat/1 offered to ana");
    }

    @Test
    void moreCapacityIsFilledAtOnceAndWhatExceedsLessIsKept() {
        desk.agent("ana");
        desk.chat("a");
        desk.chat("b");
        desk.chat("c");

        assertThat(desk.agent("ana", Presence.AVAILABLE, Map.of(Channel.CHAT, 2)))
                .containsExactly("b/1 offered to ana");
        assertThat(desk.agent("ana")).isEmpty();
        assertThat(desk.end("a")).containsExactly("a left ana: WITHDRAWN");
        assertThat(desk.end("b")).containsExactly("b left ana: WITHDRAWN", "c/1 offered to ana");
    }

    @Test
    void furtherLanguagesAreNotServedUnlessThePolicySaysSo() {
        assertThat(desk.agent("ben", Language.EN, Language.ES)).isEmpty();
        assertThat(desk.chat("chat")).isEmpty();
        assertThat(desk.pass(86_400)).isEmpty();
    }

    @Test
    void roomThatBecomesFreeIsNotFilledFromFurtherLanguages() {
        desk.agent("ben", Presence.AVAILABLE, ONE_CHAT, Language.EN, Language.ES);
        desk.tell(
                new Happening.Queued(
                        "english",
                        Language.EN,
                        Channel.CHAT,
                        Priority.NORMAL,
                        Desk.TEN,
                        Desk.TEN.plusSeconds(900),
                        Duration.ZERO,
                        null));
        desk.chat("spanish");

        assertThat(desk.end("english")).containsExactly("english left ben: WITHDRAWN");
    }

    @Test
    void furtherLanguagesAreServedWhenNobodyOfTheirOwnWasThereForLong() {
        Desk desk = Desk.withSecondLanguageAfter(Duration.ofMinutes(2));
        desk.agent("ana", Presence.BUSY, ONE_CHAT, Language.ES);
        desk.agent("ben", Presence.AVAILABLE, THREE_CHATS, Language.EN, Language.ES);
        desk.chat("a");
        desk.chat("b");

        assertThat(desk.pass(600)).isEmpty();
        assertThat(desk.agent("ana", Presence.AWAY, ONE_CHAT, Language.ES)).isEmpty();
        assertThat(desk.pass(119)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("a/1 offered to ben", "b/1 offered to ben");
        assertThat(desk.agent("ana", Presence.BUSY, ONE_CHAT, Language.ES))
                .as("what is offered stays")
                .isEmpty();
        assertThat(desk.chat("c")).isEmpty();
    }

    @Test
    void furtherLanguagesAreServedAlwaysWhereThePolicySaysZero() {
        Desk desk = Desk.withSecondLanguageAfter(Duration.ZERO);
        desk.agent("ana", Presence.BUSY, ONE_CHAT, Language.ES);
        desk.agent("ben", Language.EN, Language.ES);

        assertThat(desk.chat("chat")).containsExactly("chat/1 offered to ben");
    }

    @Test
    void whoHasBeenOfflineForLongIsForgottenUnlessHeHasAContact() {
        desk.agent("ana");
        desk.chat("chat");
        desk.answer("ana", "chat");
        desk.agent("ana", Presence.OFFLINE, ONE_CHAT);
        desk.tell(new Happening.LongOffline("ana"));
        assertThat(desk.engine.agents(Presence.OFFLINE)).isEqualTo(1);

        desk.end("chat");
        desk.engine.decide(new Happening.LongOffline("ana"), Desk.TEN);

        assertThat(desk.engine.agents(Presence.OFFLINE)).isZero();
        Changes changes = desk.engine.drainChanges();
        assertThat(changes.forgottenAgents()).containsExactly("ana");
        assertThat(changes.agents()).isEmpty();
    }

    @Test
    void whoIsThereIsNotForgotten() {
        desk.agent("ana", Presence.AWAY, ONE_CHAT);

        desk.tell(new Happening.LongOffline("ana"));

        assertThat(desk.engine.agents(Presence.AWAY)).isEqualTo(1);
    }

    @Test
    void whoComesBackAfterHeWasForgottenStartsAnew() {
        desk.agent("ana");
        desk.chat("chat");
        desk.pass(20);
        desk.agent("ana", Presence.OFFLINE, ONE_CHAT);
        desk.end("chat");
        desk.chat("other");
        desk.tell(new Happening.LongOffline("ana"));

        assertThat(desk.agent("ana")).containsExactly("other/1 offered to ana");
        assertThat(desk.pass(20)).containsExactly("ana let other/1 pass", "other/2 offered to ana");
    }

    @Test
    void aContactOutlivesTheAgentWhoLetItPass() {
        desk.agent("ana");
        desk.chatPreferring("eva", "chat");
        desk.pass(40);
        desk.agent("ana", Presence.OFFLINE, ONE_CHAT);
        desk.tell(new Happening.LongOffline("ana"));

        assertThat(desk.pass(20)).isEmpty();
        assertThat(desk.agent("eva")).containsExactly("chat/3 offered to eva");
    }

    @Test
    void occupancyCountsThePresent() {
        desk.agent("ana", Presence.AVAILABLE, THREE_CHATS);
        desk.agent("ben", Presence.AWAY, THREE_CHATS);
        desk.chat("chat");

        assertThat(desk.engine.occupancy()).isEqualTo(new Occupancy(1, 3));
    }
}
