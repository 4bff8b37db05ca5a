package guichet.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.policy.Channel;

import org.junit.jupiter.api.Test;

import java.util.Map;

class AnswersAndEndsTest {

    private final Desk desk = Desk.open();

    @Test
    void aCustomerWhoLeavesTheQueueIsGone() {
        desk.chat("chat");

        assertThat(desk.end("chat")).containsExactly("chat left the queue: WITHDRAWN");
        assertThat(desk.agent("ana")).isEmpty();
    }

    @Test
    void aCustomerWhoLeavesWhileOfferedRescindsTheOffer() {
        desk.agent("ana");
        desk.chat("chat");

        assertThat(desk.end("chat")).containsExactly("chat left ana: WITHDRAWN");
        assertThat(desk.pass(20)).isEmpty();
    }

    @Test
    void anAnsweredContactIsHeldUntilItEnds() {
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.chat("b");

        assertThat(desk.answer("ana", "a")).isEmpty();
        assertThat(desk.end("a")).containsExactly("a left ana: ENDED", "b/1 offered to ana");
    }

    @Test
    void answeringAnOfferTakesIt() {
        desk.agent("ana");
        desk.chat("chat");

        assertThat(desk.answer("ana", "chat")).containsExactly("ana has chat");
        assertThat(desk.accept("ana", "chat/1"))
                .containsExactly("chat/1 refused to ana: ALREADY_YOURS");
    }

    @Test
    void whatAnotherAnswersIsHisAndTheOfferIsRescinded() {
        desk.agent("ana");
        desk.chat("a");
        desk.agent("ben", Presence.AVAILABLE, Map.of(Channel.CHAT, 2));

        assertThat(desk.answer("ben", "a")).containsExactly("a left ana: ANSWERED_ELSEWHERE");
        assertThat(desk.accept("ana", "a/1")).containsExactly("a/1 refused to ana: RESCINDED");
        assertThat(desk.engine.occupancy()).isEqualTo(new Occupancy(1, 3));
        assertThat(desk.chat("b")).containsExactly("b/1 offered to ana");
    }

    @Test
    void whatAnotherAnswersThoughItWasTakenIsHisAndMakesRoom() {
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.agent("ben", Presence.BUSY, Desk.ONE_CHAT);
        desk.chat("b");

        assertThat(desk.answer("ben", "a"))
                .containsExactly("a left ana: ANSWERED_ELSEWHERE", "b/1 offered to ana");
        assertThat(desk.end("a")).containsExactly("a left ben: ENDED");
    }

    @Test
    void whatEndsWhileAnAgentHasItMakesRoomWhetherOrNotHeAnswered() {
        desk.agent("ana");
        desk.chat("a");
        desk.accept("ana", "a/1");
        desk.chat("b");

        assertThat(desk.end("a")).containsExactly("a left ana: ENDED", "b/1 offered to ana");
    }

    @Test
    void whatIsAnsweredStraightFromTheQueueTakesUpRoom() {
        desk.chat("a");
        desk.agent("ana", Presence.BUSY, Desk.ONE_CHAT);

        assertThat(desk.answer("ana", "a")).containsExactly("a left the queue: ANSWERED_ELSEWHERE");
        desk.agent("ana");
        assertThat(desk.chat("b")).isEmpty();
        assertThat(desk.end("a")).containsExactly("a left ana: ENDED", "b/1 offered to ana");
    }

    @Test
    void whatSomebodyUnknownAnswersIsOfNoMoreConcern() {
        desk.chat("chat");

        assertThat(desk.answer("stranger", "chat"))
                .containsExactly("chat left the queue: ANSWERED_ELSEWHERE");
        assertThat(desk.engine.drainChanges().contacts()).isEmpty();
        assertThat(desk.end("chat")).isEmpty();
    }

    @Test
    void whoAnsweredKeepsTheContactWhoeverAnswersAgain() {
        desk.agent("ana");
        desk.chat("chat");
        desk.answer("ana", "chat");

        assertThat(desk.answer("ben", "chat")).isEmpty();
        assertThat(desk.end("chat")).containsExactly("chat left ana: ENDED");
    }
}
