package guichet.judge;

import static guichet.events.Channel.CHAT;
import static guichet.events.Channel.WEB;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.ChatAnswered;
import guichet.schemas.Topics;

import org.junit.jupiter.api.Test;

/** First-response clocks: due, due soon, met, breached, withdrawn (T1 to T3, S2, H6). */
class ClockVerdictTest {

    @Test
    void isContentWithAResponseThatCameInTime() {
        assertRight(chat().due("c", 0).answered("c", 2).met("c", 2, 8, 2));
    }

    @Test
    void isContentWithAWarningAndALateResponse() {
        assertRight(
                chat().due("c", 0)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .breached("c", CHAT, 8, 8)
                        .answered("c", 9));
    }

    @Test
    void takesAResponseAtTheInstantItselfForLate() {
        assertRight(
                chat().due("c", 0)
                        .answered("c", 8)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .breached("c", CHAT, 8, 8));
    }

    @Test
    void isContentWithACustomerWhoLeft() {
        assertRight(chat().due("c", 0).dueSoon("c", CHAT, 4.8, 8).ended("c", 7));
    }

    @Test
    void findsAClockThatNeverStarted() {
        assertWrong(chat().answered("c", 2));
    }

    @Test
    void findsADueThatIsWrongOrToldTwice() {
        assertWrong(chat().due("c", CHAT, 0, null, 9, 8).answered("c", 2).met("c", 2, 9, 2));
        assertWrong(chat().due("c", 0).due("c", 0).answered("c", 2).met("c", 2, 8, 2));
    }

    @Test
    void findsAFalseBreach() {
        assertWrong(
                chat().due("c", 0)
                        .answered("c", 7)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .breached("c", CHAT, 8, 8));
    }

    @Test
    void findsABreachOfACustomerWhoLeft() {
        assertWrong(
                chat().due("c", 0)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .ended("c", 7)
                        .breached("c", CHAT, 8, 8));
    }

    @Test
    void missesABreach() {
        assertWrong(chat().due("c", 0).dueSoon("c", CHAT, 4.8, 8));
    }

    @Test
    void findsTwoOutcomes() {
        HandMadeLog breached =
                chat().due("c", 0).dueSoon("c", CHAT, 4.8, 8).breached("c", CHAT, 8, 8);

        assertWrong(breached.breached("c", CHAT, 8, 8));
        assertWrong(chat().due("c", 0).answered("c", 2).met("c", 2, 8, 2).met("c", 2, 8, 2));
    }

    @Test
    void findsAWarningThatIsMissingDoubledOrNotDue() {
        assertWrong(chat().due("c", 0).answered("c", 7).met("c", 7, 8, 7));
        assertWrong(
                chat().due("c", 0)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .answered("c", 7)
                        .met("c", 7, 8, 7));
        assertWrong(
                chat().due("c", 0).answered("c", 2).dueSoon("c", CHAT, 4.8, 8).met("c", 2, 8, 2));
    }

    @Test
    void findsTimeThatIsCountedWrongly() {
        assertWrong(chat().due("c", 0).answered("c", 2).met("c", 2, 8, 3));
    }

    @Test
    void wantsNoClockForWhatIsOutOfScope() {
        HandMadeLog ticket = new HandMadeLog().asked("t", 0, true).ticketQueued("t", 0, true, null);

        assertRight(ticket);
        assertWrong(ticket.due("t", WEB, 0, null, 15, 15));
    }

    @Test
    void wantsTheDueMovedByAClosureAndBackWhenItIsCalledOff() {
        assertRight(
                closed().due("c", CHAT, 2, 8.0, 18, 8)
                        .dueSoon("c", CHAT, 4.8, 18)
                        .due("c", CHAT, 7, 18.0, 10, 8)
                        .answered("c", 9)
                        .met("c", 9, 10, 7));
    }

    @Test
    void missesADueThatAClosureMoves() {
        assertWrong(closed().dueSoon("c", CHAT, 4.8, 8).answered("c", 9).breached("c", CHAT, 8, 8));
    }

    @Test
    void findsADueThatMovesFromWhereItWasNot() {
        assertWrong(
                closed().due("c", CHAT, 2, 8.0, 18, 8)
                        .dueSoon("c", CHAT, 4.8, 18)
                        .due("c", CHAT, 7, 8.0, 10, 8)
                        .answered("c", 9)
                        .met("c", 9, 10, 7));
    }

    @Test
    void wantsASecondWarningOnlyWhereTheNewOneIsStillAhead() {
        HandMadeLog shutSoon =
                chat().due("c", 0)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .closureAnnounced("drill", 6, 7, 17)
                        .due("c", CHAT, 6, 8.0, 18, 8)
                        .breached("c", CHAT, 18, 8);
        HandMadeLog shutSinceTheFirstSecond =
                chat().due("c", 0)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .closureAnnounced("drill", 5, 1, 11)
                        .due("c", CHAT, 5, 8.0, 18, 8);

        assertRight(shutSoon);
        assertWrong(shutSoon.dueSoon("c", CHAT, 6, 18));
        assertRight(
                shutSinceTheFirstSecond.dueSoon("c", CHAT, 14.8, 18).breached("c", CHAT, 18, 8));
    }

    @Test
    void heedsAClosureThatIsAnnouncedAnewAndOneThatNeverBegan() {
        HandMadeLog log =
                chat().due("c", 0)
                        .closureAnnounced("drill", 1, 7, 9)
                        .closureAnnounced("drill", 1, 7, 9)
                        .closureAnnounced("drill", 2, 7, 10)
                        .closureCalledOff("drill", 3)
                        .closureCalledOff("drill", 3.5)
                        .answered("c", 4);

        assertRight(
                log.due("c", CHAT, 1, 8.0, 10, 8)
                        .due("c", CHAT, 2, 10.0, 11, 8)
                        .due("c", CHAT, 3, 11.0, 8, 8)
                        .met("c", 4, 8, 4));
    }

    @Test
    void doesNotMoveADueThatHasPassed() {
        assertRight(
                chat().due("c", 0)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .breached("c", CHAT, 8, 8)
                        .closureAnnounced("drill", 9, 5, 15));
    }

    @Test
    void doesNotMissWhatIsNotDueYet() {
        Verdict verdict = chat().due("c", 0).dueSoon("c", CHAT, 4.8, 8).judgedAt(7);

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.open()).isOne();
    }

    @Test
    void doesNotMissWhatFellDueJustNowWhereTheDeskMaySettle() {
        HandMadeLog log = chat().due("c", 0).dueSoon("c", CHAT, 4.8, 8);

        assertThat(log.judgedAt(9, 2, 0).faults()).isEmpty();
        assertThat(log.judgedAt(11, 2, 0).faults()).hasSize(1);
    }

    @Test
    void allowsForAnAnswerThatWasRecordedLate() {
        HandMadeLog breached =
                chat().due("c", 0)
                        .answered("c", 7)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .breached("c", CHAT, 8, 8);

        assertThat(breached.judgedAt(21, 0, 0.5).faults()).hasSize(1);
        assertThat(breached.judgedAt(21, 0, 2).faults()).isEmpty();
        assertThat(breached.judgedAt(21, 0, 2).either()).isOne();
    }

    @Test
    void allowsForAWarningThatOvertookAnAnswer() {
        HandMadeLog warned =
                chat().due("c", 0).answered("c", 4).dueSoon("c", CHAT, 4.8, 8).met("c", 4, 8, 4);

        assertThat(warned.judgedAt(21, 0, 0).faults()).hasSize(1);
        assertThat(warned.judgedAt(21, 0, 2).faults()).isEmpty();
    }

    @Test
    void allowsNothingElseForWhatWasRecordedLate() {
        HandMadeLog metAndBreached =
                chat().due("c", 0)
                        .answered("c", 7)
                        .dueSoon("c", CHAT, 4.8, 8)
                        .breached("c", CHAT, 8, 8)
                        .met("c", 7, 8, 7);

        assertThat(metAndBreached.judgedAt(21, 0, 5).faults()).hasSize(1);
    }

    @Test
    void allowsForAClosureThatWasReadAfterAContactBegan() {
        HandMadeLog log =
                new HandMadeLog()
                        .closureAnnounced("drill", -1, 5, 15)
                        .started("c", 0)
                        .queued("c", 0)
                        .due("c", 0)
                        .due("c", CHAT, -1, 8.0, 18, 8)
                        .answered("c", 2)
                        .met("c", 2, 18, 2);

        assertThat(log.judgedAt(21, 0, 0).faults()).hasSize(1);
        assertThat(log.judgedAt(21, 0, 2).faults()).isEmpty();
    }

    @Test
    void expectsTheSameOfEventsThatAreRepeatedOrOutOfOrder() {
        HandMadeLog mixed =
                new HandMadeLog()
                        .answered("c", 2)
                        .ended("c", 3)
                        .started("c", 0)
                        .answered("c", 2)
                        .started("c", 0)
                        .ended("c", 3);

        assertRight(mixed.queued("c", 0).due("c", 0).met("c", 2, 8, 2));
    }

    @Test
    void allowsForAnAnswerThatStandsBehindWhatHappenedLater() {
        HandMadeLog late = chat().ended("c", 9).answered("c", 2).due("c", 0);

        assertRight(late.dueSoon("c", CHAT, 4.8, 8).breached("c", CHAT, 8, 8));
        assertRight(chat().ended("c", 9).answered("c", 2).due("c", 0).met("c", 2, 8, 2));
    }

    @Test
    void countsWhatIsOffContractAndHeedsItNot() {
        HandMadeLog log = chat().due("c", 0).dueSoon("c", CHAT, 4.8, 8).breached("c", CHAT, 8, 8);
        log.put(
                new Entry(
                        Topics.CHATS,
                        "another key",
                        HandMadeLog.at(2),
                        new ChatAnswered("c", HandMadeLog.at(2), "agent-1")));
        log.put(new Entry(Topics.CHATS, "c", HandMadeLog.at(2), null));

        assertRight(log);
        assertThat(log.judgedAt(21).offContract()).isEqualTo(2);
    }

    /** Begun and queued. */
    private static HandMadeLog chat() {
        return new HandMadeLog().started("c", 0).queued("c", 0);
    }

    /** Shut from the fifth second to the fifteenth as they say at 2, to the seventh in the end. */
    private static HandMadeLog closed() {
        return chat().due("c", 0).closureAnnounced("drill", 2, 5, 15).closureCalledOff("drill", 7);
    }

    private static void assertRight(HandMadeLog log) {
        assertThat(log.judgedAt(21).faults()).isEmpty();
    }

    private static void assertWrong(HandMadeLog log) {
        assertThat(log.judgedAt(21).faults())
                .singleElement()
                .extracting(Fault::about)
                .isEqualTo("clock");
    }
}
