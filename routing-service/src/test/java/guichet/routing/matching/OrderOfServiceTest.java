package guichet.routing.matching;

import static guichet.routing.matching.Desk.ONE_CHAT;
import static guichet.routing.matching.Desk.TEN;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Priority;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class OrderOfServiceTest {

    private final Desk desk = Desk.open();

    @Test
    void theEarliestDueLessHeadStartIsServedFirst() {
        desk.queue("later", Channel.CHAT, TEN.plusSeconds(900), Duration.ZERO, null);
        desk.queue("sooner", Channel.CHAT, TEN.plusSeconds(300), Duration.ZERO, null);
        desk.queue("ahead", Channel.CHAT, TEN.plusSeconds(900), Duration.ofSeconds(700), null);

        assertThat(desk.engine.queued(Language.ES, Channel.CHAT))
                .extracting(ContactState::contactId)
                .containsExactly("ahead", "sooner", "later");
        assertThat(desk.agent("ana")).containsExactly("ahead/1 offered to ana");
    }

    @Test
    void whatHasNoDueComesAfterAllThatHasInOrderOfArrival() {
        desk.queue("none", Channel.WEB, null, Duration.ZERO, null);
        desk.pass(1);
        desk.queue("none-either", Channel.WEB, null, Duration.ofHours(9), null);
        desk.queue("due", Channel.WEB, TEN.plusSeconds(86_400), Duration.ZERO, null);

        assertThat(desk.agent("ana", Presence.AVAILABLE, Map.of(Channel.WEB, 3)))
                .containsExactly(
                        "due/1 offered to ana",
                        "none/1 offered to ana",
                        "none-either/1 offered to ana");
    }

    @Test
    void ofEqualRankWhoCameFirstThenTheLowerIdGoesFirst() {
        desk.queue("b", Channel.CHAT, TEN.plusSeconds(900), Duration.ZERO, null);
        desk.queue("a", Channel.CHAT, TEN.plusSeconds(900), Duration.ZERO, null);
        desk.pass(1);
        desk.queue("0", Channel.CHAT, TEN.plusSeconds(900), Duration.ZERO, null);

        assertThat(desk.engine.queued(Language.ES, Channel.CHAT))
                .extracting(ContactState::contactId)
                .containsExactly("a", "b", "0");
    }

    @Test
    void aMovedDueMovesTheContactInItsQueue() {
        desk.chat("first");
        desk.pass(1);
        desk.chat("second");

        desk.tell(new Happening.DueMoved("first", TEN.plusSeconds(1_000)));

        assertThat(desk.engine.position("first")).hasValue(2);
        assertThat(desk.engine.position("second")).hasValue(1);
    }

    @Test
    void anAgentIsFilledFromAllHisQueuesByRank() {
        desk.queue("ticket", Channel.WEB, TEN.plusSeconds(600), Duration.ZERO, null);
        desk.queue("chat", Channel.CHAT, TEN.plusSeconds(300), Duration.ZERO, null);
        desk.queue("call", Channel.PHONE, TEN.plusSeconds(400), Duration.ZERO, null);

        assertThat(
                        desk.agent(
                                "ana",
                                Presence.AVAILABLE,
                                Map.of(Channel.WEB, 1, Channel.CHAT, 1, Channel.PHONE, 1)))
                .as("a chat excludes the call")
                .containsExactly("chat/1 offered to ana", "ticket/1 offered to ana");
        assertThat(desk.end("chat")).contains("call/1 offered to ana");
    }

    @Test
    void anAgentWithChatsIsKeptFreeForACallThatComesBeforeTheNextChat() {
        desk.agent("ana", Presence.AVAILABLE, Map.of(Channel.CHAT, 2, Channel.PHONE, 1));
        desk.queue("chat", Channel.CHAT, TEN.plusSeconds(300), Duration.ZERO, null);
        desk.queue("call", Channel.PHONE, TEN.plusSeconds(400), Duration.ZERO, null);

        assertThat(desk.queue("later", Channel.CHAT, TEN.plusSeconds(500), Duration.ZERO, null))
                .as("room for a chat, but the call goes first")
                .isEmpty();
        assertThat(desk.queue("sooner", Channel.CHAT, TEN.plusSeconds(350), Duration.ZERO, null))
                .containsExactly("sooner/1 offered to ana");
        assertThat(desk.end("chat")).doesNotContain("later/1 offered to ana");
        assertThat(desk.end("sooner")).contains("call/1 offered to ana");
        assertThat(desk.end("call")).contains("later/1 offered to ana");
    }

    @Test
    void chatsGoOnWhenTheCallIsGoneThatAnAgentWasKeptFreeFor() {
        desk.agent("ana", Presence.AVAILABLE, Map.of(Channel.CHAT, 2, Channel.PHONE, 1));
        desk.queue("chat", Channel.CHAT, TEN.plusSeconds(300), Duration.ZERO, null);
        desk.queue("call", Channel.PHONE, TEN.plusSeconds(400), Duration.ZERO, null);
        desk.queue("later", Channel.CHAT, TEN.plusSeconds(500), Duration.ZERO, null);

        assertThat(desk.end("call")).contains("later/1 offered to ana");
    }

    @Test
    void aContactQueuedTwiceWaitsOnce() {
        desk.chat("chat");
        desk.chat("chat");

        assertThat(desk.engine.waiting(Language.ES, Channel.CHAT, Priority.NORMAL)).isEqualTo(1);
        assertThat(desk.agent("ana", Presence.AVAILABLE, Map.of(Channel.CHAT, 2)))
                .containsExactly("chat/1 offered to ana");
    }

    @Test
    void agentsWithoutTheLanguageAreNotAsked() {
        desk.agent("ben", Presence.AVAILABLE, ONE_CHAT, Language.EN);

        assertThat(desk.chat("chat")).isEmpty();
    }
}
