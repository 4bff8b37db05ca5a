package guichet.routing.matching;

import static guichet.routing.matching.Desk.ONE_CHAT;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ExpectedWaitTest {

    private final Desk desk = Desk.open();

    @Test
    void nobodyCanTellWhileNobodyIsThere() {
        desk.chat("chat");

        assertThat(desk.engine.expectedWait("chat")).isEmpty();
    }

    @Test
    void beforeAnythingIsMeasuredAnAgentIsThoughtToTakeFiveMinutes() {
        desk.agent("ana");
        desk.chat("a");
        desk.chat("b");
        desk.chat("c");

        assertThat(desk.engine.expectedWait("a"))
                .as("it is offered, and may come back")
                .contains(Duration.ofMinutes(5));
        assertThat(desk.engine.expectedWait("b")).contains(Duration.ofMinutes(5));
        assertThat(desk.engine.expectedWait("c")).contains(Duration.ofMinutes(10));
    }

    @Test
    void twiceTheAgentsHalveTheWait() {
        desk.agent("ana");
        desk.agent("ben");
        desk.chat("a");
        desk.chat("b");
        desk.chat("first");

        assertThat(desk.engine.expectedWait("first")).contains(Duration.ofSeconds(150));
    }

    @Test
    void theRecentPaceCounts() {
        desk.agent("ana");
        for (int i = 0; i < 40; i++) {
            desk.chat("chat-" + i);
            desk.chat("waiting-" + i);
            desk.accept("ana", "chat-" + i + "/1");
            desk.pass(60);
            desk.end("waiting-" + i);
            desk.end("chat-" + i);
        }
        desk.chat("offered");
        desk.chat("first");

        assertThat(desk.engine.expectedWait("first").orElseThrow())
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aQuietHourIsNoSlowness() {
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.pass(3_600);
        desk.end("a");
        desk.chat("b");
        desk.accept("ana", "b/1");
        desk.chat("first");

        assertThat(desk.engine.expectedWait("first").orElseThrow())
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void theTimeWithAnAgentWhoWentOfflineIsNoSlowness() {
        desk.agent("ben", Presence.BUSY, ONE_CHAT);
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.pass(3_600);
        desk.agent("ana", Presence.OFFLINE, ONE_CHAT);
        desk.agent("ana");
        desk.accept("ana", "a/2");
        desk.chat("first");

        assertThat(desk.last(Decision.Assigned.class).waited()).isZero();
        assertThat(desk.engine.expectedWait("first").orElseThrow())
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void theTimeBeforeItsLineOpenedIsNoSlowness() {
        desk.agent("ana");
        desk.pass(3_600);
        desk.chatMadeBefore("a", Duration.ofMinutes(50));
        desk.accept("ana", "a/1");
        desk.chat("first");

        assertThat(desk.engine.expectedWait("first").orElseThrow())
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void anAssignmentTellsTheWaitAndWhatWasEstimated() {
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.chat("b");
        desk.pass(90);
        desk.end("a");
        desk.accept("ana", "b/1");

        Decision.Assigned assigned = desk.last(Decision.Assigned.class);
        assertThat(assigned.waited()).isEqualTo(Duration.ofSeconds(90));
        assertThat(assigned.estimatedWait()).isLessThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void whatIsOfferedAtOnceIsExpectedToWaitForNothing() {
        desk.agent("ana", Presence.AVAILABLE, ONE_CHAT);
        desk.chat("chat");
        desk.accept("ana", "chat/1");

        assertThat(desk.last(Decision.Assigned.class).estimatedWait()).isZero();
    }
}
