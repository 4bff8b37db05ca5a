package guichet.routing.matching;

import static guichet.routing.matching.Desk.ONE_CHAT;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class AgentChoiceTest {

    private final Desk desk = Desk.open();

    @Test
    void theLeastLoadedByShareOfTheirCapacityIsAsked() {
        desk.agent("a: two of four", Presence.AVAILABLE, Map.of(Channel.CHAT, 4));
        desk.chat("a");
        desk.chat("b");
        desk.pass(1);
        desk.agent("b: one of three", Presence.AVAILABLE, Map.of(Channel.CHAT, 3));
        desk.chat("c");

        assertThat(desk.chat("d"))
                .as("though the other has been idle for longer and comes first by name")
                .containsExactly("d/1 offered to b: one of three");
    }

    @Test
    void amongTheEquallyLoadedTheLongestIdleIsAsked() {
        desk.agent("late", Presence.OFFLINE, ONE_CHAT);
        desk.agent("early");
        desk.pass(1);
        desk.agent("late");

        assertThat(desk.chat("chat")).containsExactly("chat/1 offered to early");
    }

    @Test
    void whoJustFinishedHasNotBeenIdleForLong() {
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.answer("ana", "a");
        desk.pass(1);
        desk.agent("ben");
        desk.pass(1);
        desk.end("a");

        assertThat(desk.chat("b")).containsExactly("b/1 offered to ben");
    }

    @Test
    void thePreferredAgentIsAskedFirstHoweverLoaded() {
        desk.agent("ana", Presence.AVAILABLE, Map.of(Channel.CHAT, 3));
        desk.chat("a");
        desk.agent("ben");

        assertThat(desk.chatPreferring("ana", "b")).containsExactly("b/1 offered to ana");
    }

    @Test
    void aContactIsKeptForItsPreferredAgentForAMinuteThenGoesToAnyone() {
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.agent("ben");

        assertThat(desk.chatPreferring("ana", "b")).isEmpty();
        assertThat(desk.pass(59)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("b/1 offered to ben");
    }

    @Test
    void aContactOfWhichTheEngineHearsLateIsKeptForItsPreferredAgentAllTheSame() {
        desk.agent("ana");
        desk.agent("ben");
        desk.chat("a");
        desk.accept("ana", "a/1");

        assertThat(desk.chatPreferring("ana", "b", Duration.ofMinutes(5))).isEmpty();
        assertThat(desk.pass(59)).isEmpty();
        assertThat(desk.pass(1)).containsExactly("b/1 offered to ben");
    }

    @Test
    void thePreferredAgentGetsWhatIsKeptForThemAsSoonAsThereIsRoom() {
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.agent("ben");
        desk.chatPreferring("ana", "b");

        assertThat(desk.end("a")).containsExactly("a left ana: ENDED", "b/1 offered to ana");
    }

    @Test
    void aBusyPreferredAgentIsWaitedForAndOneWhoLeavesIsNot() {
        desk.agent("ana", Presence.BUSY, ONE_CHAT);
        desk.agent("ben");

        assertThat(desk.chatPreferring("ana", "chat")).isEmpty();
        assertThat(desk.agent("ana", Presence.AWAY, ONE_CHAT))
                .containsExactly("chat/1 offered to ben");
    }

    @Test
    void whoComesWithinTheMinuteGetsTheContactThatPrefersHim() {
        desk.chatPreferring("ana", "chat");
        desk.pass(30);
        desk.agent("ana", Presence.BUSY, ONE_CHAT);

        assertThat(desk.agent("ben")).isEmpty();
        assertThat(desk.agent("ana")).containsExactly("chat/1 offered to ana");
    }

    @Test
    void thePreferredAgentHasOneChance() {
        desk.agent("ana");
        desk.chatPreferring("ana", "chat");
        desk.agent("ben");

        assertThat(desk.decline("ana", "chat/1"))
                .containsExactly("chat left ana: DECLINED", "chat/2 offered to ben");
    }
}
