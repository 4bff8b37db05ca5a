package guichet.judge;

import static guichet.events.Channel.WEB;
import static guichet.judge.HandMadeLog.ticketOf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Chats and calls that last too long (E1, E2). */
class ConversionVerdictTest {

    private static final String TICKET = ticketOf("c");

    @Test
    void isContentWithALongChatThatBecameATicketAndEnded() {
        assertRight(longChat().ended("c", 30).converted("c", 2).linked("c", 22, 30));
    }

    @Test
    void isContentWithALongChatThatGoesOn() {
        assertRight(longChat().converted("c", 2));
    }

    @Test
    void isContentWithAShortChatThatBecameNone() {
        assertRight(answeredChat().ended("c", 21));
    }

    @Test
    void findsAConversionThatWasNotDue() {
        assertWrong(longChat().ended("c", 21).converted("c", 2), "conversion", "ticket");
    }

    @Test
    void missesAConversion() {
        assertWrong(answeredChat(), "conversion", "ticket");
    }

    @Test
    void missesTheTicketOfAConversion() {
        assertWrong(answeredChat().converted("c", 2), "ticket");
    }

    @Test
    void findsTwoConversionsOrTwoTickets() {
        assertWrong(longChat().converted("c", 2).converted("c", 2), "conversion");
        assertWrong(longChat().converted("c", 2).ticketMade("c", TICKET, 22), "ticket");
    }

    @Test
    void findsATicketUnderAnotherId() {
        HandMadeLog log =
                judgedAsTicket(answeredChat().ticketMade("c", "t", 22), "t").converted("c", 2);

        assertWrong(log, "ticket");
    }

    @Test
    void judgesTheClockOfTheTicketAsThatOfAnyContact() {
        HandMadeLog log =
                answeredChat()
                        .ticketMade("c", TICKET, 22)
                        .converted("c", 2)
                        .ticketQueued(TICKET, 22, false, "agent-1")
                        .due(TICKET, WEB, 22, null, 37, 15);

        assertThat(log.judgedAt(30).faults()).isEmpty();
        assertThat(log.judgedAt(40).faults())
                .singleElement()
                .extracting(Fault::contactId)
                .isEqualTo(TICKET);
    }

    @Test
    void wantsTheEndLinkedOnce() {
        assertWrong(longChat().ended("c", 30).converted("c", 2), "conversion");
        assertWrong(
                longChat().ended("c", 30).converted("c", 2).linked("c", 22, 30).linked("c", 22, 30),
                "conversion");
        assertWrong(answeredChat().ended("c", 12).linked("c", 22, 12), "conversion");
    }

    @Test
    void doesNotMissAConversionThatIsNotDueYet() {
        Verdict verdict = answeredChat().judgedAt(21);

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.open()).isOne();
    }

    @Test
    void allowsForAnEndThatWasRecordedLate() {
        HandMadeLog log = longChat().ended("c", 21).converted("c", 2).linked("c", 22, 21);

        assertThat(log.judgedAt(60, 0, 2).faults()).isEmpty();
        assertThat(log.judgedAt(60, 0, 0.5).faults()).isNotEmpty();
    }

    /** Begun, queued, answered in time. */
    private static HandMadeLog answeredChat() {
        return new HandMadeLog()
                .started("c", 0)
                .queued("c", 0)
                .due("c", 0)
                .answered("c", 2)
                .met("c", 2, 8, 2);
    }

    /** One whose ticket is there, with all that it gets. */
    private static HandMadeLog longChat() {
        return judgedAsTicket(answeredChat().ticketMade("c", TICKET, 22), TICKET);
    }

    private static HandMadeLog judgedAsTicket(HandMadeLog log, String ticket) {
        return log.ticketQueued(ticket, 22, false, "agent-1")
                .due(ticket, WEB, 22, null, 37, 15)
                .dueSoon(ticket, WEB, 31, 37)
                .breached(ticket, WEB, 37, 15);
    }

    private static void assertRight(HandMadeLog log) {
        assertThat(log.judgedAt(60).faults()).isEmpty();
    }

    private static void assertWrong(HandMadeLog log, String... about) {
        assertThat(log.judgedAt(60).faults()).extracting(Fault::about).containsExactly(about);
        assertThat(log.judgedAt(60).faults()).extracting(Fault::contactId).containsOnly("c");
    }
}
