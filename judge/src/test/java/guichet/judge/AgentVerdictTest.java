package guichet.judge;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.Channel;
import guichet.events.OfferAccepted;
import guichet.events.OfferDeclined;
import guichet.events.OfferRefused;
import guichet.events.Presence;

import org.junit.jupiter.api.Test;

/** Who is asked, by what agents stated, and what they are answered. */
class AgentVerdictTest {

    @Test
    void isContentWithAnAgentWhoIsAskedForAsMuchAsHeStated() {
        assertRight(
                chats("c", "d")
                        .available("a", 0, "en")
                        .offered("c", 1, "a", 1)
                        .offered("d", 1, "a", 1));
    }

    @Test
    void isContentWithWhatTakesTheRoomThatBecameFree() {
        HandMadeLog full =
                chats("c", "d", "e")
                        .available("a", 0, "en")
                        .offered("c", 1, "a", 0.5)
                        .offered("d", 1, "a", 0.5)
                        .accepted("d", 1, "a", 1)
                        .assigned("d", 1, "a", 1);

        assertRight(full.takenBack("c", 1, "a", 2, "declined").offered("e", 1, "a", 2));
        assertRight(full.left("d", "a", 3, "ended").offered("c", 2, "a", 3));
    }

    @Test
    void findsMoreThanAnAgentStated() {
        assertWrong(
                chats("c", "d", "e")
                        .available("a", 0, "en")
                        .offered("c", 1, "a", 1)
                        .accepted("c", 1, "a", 2)
                        .assigned("c", 1, "a", 2)
                        .offered("d", 1, "a", 2)
                        .offered("e", 1, "a", 2),
                "e");
    }

    @Test
    void takesTheGreatestRoomThatAnAgentStatedSoFar() {
        HandMadeLog lessAndMore =
                chats("c", "d")
                        .states("a", 0, Presence.AVAILABLE, 2, "en")
                        .states("a", 1, Presence.AVAILABLE, 1, "en")
                        .states("b", 0, Presence.AVAILABLE, 0, "en")
                        .states("b", 3, Presence.AVAILABLE, 1, "en");

        assertRight(lessAndMore.offered("c", 1, "a", 2).offered("d", 1, "a", 2));
        assertWrong(lessAndMore.takenBack("c", 1, "a", 2, "declined").offered("c", 2, "b", 2), "c");
    }

    @Test
    void findsAChatBesideACallAndACallBesideAChat() {
        HandMadeLog log = chats("c").available("a", 0, "en");

        assertThat(
                        log.offered(Channel.PHONE, "call", 1, "a", 1)
                                .offered("c", 1, "a", 1)
                                .judgedAt(2)
                                .faults())
                .filteredOn(fault -> fault.about().equals("agent"))
                .extracting(Fault::contactId)
                .containsExactly("c");
        assertThat(
                        chats("c")
                                .available("a", 0, "en")
                                .offered("c", 1, "a", 1)
                                .offered(Channel.PHONE, "call", 1, "a", 1)
                                .judgedAt(2)
                                .faults())
                .filteredOn(fault -> fault.about().equals("agent"))
                .extracting(Fault::contactId)
                .containsExactly("call");
    }

    @Test
    void findsAnOfferToAnAgentWhoDoesNotSpeakTheLanguage() {
        assertRight(chats("c").available("a", 0, "pt", "en-GB").offered("c", 1, "a", 1));
        assertWrong(chats("c").available("a", 0, "pt").offered("c", 1, "a", 1), "c");
    }

    @Test
    void findsAnOfferToAnAgentWhoStatedNothingBefore() {
        HandMadeLog log = chats("c").offered("c", 1, "a", 1).available("a", 1.5, "en");

        assertThat(log.judgedAt(3, 0, 0).faults()).extracting(Fault::about).containsOnly("agent");
        assertThat(log.judgedAt(3, 0, 1).faults()).isEmpty();
    }

    @Test
    void findsAContactThatIsWithTwoAgents() {
        HandMadeLog log =
                chats("c")
                        .available("a", 0, "en")
                        .available("b", 0, "en")
                        .offered("c", 1, "a", 1)
                        .offered("c", 2, "b", 1);

        assertThat(log.judgedAt(3).faults())
                .extracting(Fault::about)
                .containsExactly("offers", "agent");
    }

    @Test
    void findsAnOfferToAnAgentWhomTheDeskSetAwayUntilHeIsBack() {
        HandMadeLog away = chats("c").available("a", 0, "en").presenceSet("a", 1, Presence.AWAY);

        assertRight(away.available("a", 1.5, "en").offered("c", 1, "a", 2));
        assertWrong(
                chats("c")
                        .available("a", 0, "en")
                        .presenceSet("a", 1, Presence.OFFLINE)
                        .states("a", 1.5, Presence.AWAY, 2, "en")
                        .offered("c", 1, "a", 2),
                "c");
    }

    @Test
    void allowsForAnAgentWhoCameBackJustBeforeTheDeskSetHimAway() {
        HandMadeLog log =
                chats("c")
                        .available("a", 0.5, "en")
                        .presenceSet("a", 1, Presence.AWAY)
                        .offered("c", 1, "a", 2);

        assertThat(log.judgedAt(3, 0, 1).faults()).isEmpty();
        assertThat(log.judgedAt(3, 0, 0.2).faults()).hasSize(1);
    }

    @Test
    void isContentWithAnAcceptanceThatIsRefused() {
        assertRight(
                offered()
                        .takenBack("c", 1, "a", 2, "withdrawn")
                        .accepted("c", 1, "a", 2)
                        .refused("c", 1, "a", 2, "rescinded"));
    }

    @Test
    void missesTheAnswerToAnAcceptance() {
        HandMadeLog log = offered().accepted("c", 1, "a", 2);

        assertThat(log.judgedAt(2).faults()).isEmpty();
        assertThat(log.judgedAt(3, 1, 0).faults()).isEmpty();
        assertThat(log.judgedAt(3).faults()).extracting(Fault::about).containsExactly("answer");
    }

    @Test
    void findsAnOfferThatExpiredThoughItWasAccepted() {
        HandMadeLog log =
                offered()
                        .accepted("c", 1, "a", 3)
                        .expired("c", 1, "a", 3.5)
                        .refused("c", 1, "a", 3.5, "expired");

        assertThat(log.judgedAt(4.5, 0, 0.2).faults())
                .extracting(Fault::about)
                .containsExactly("answer");
        assertThat(log.judgedAt(4.5, 0, 1).faults()).isEmpty();
    }

    @Test
    void findsMoreRefusalsThanClicks() {
        HandMadeLog late =
                offered()
                        .takenBack("c", 1, "a", 2, "withdrawn")
                        .accepted("c", 1, "a", 2)
                        .refused("c", 1, "a", 2, "rescinded");

        assertAnswerWrong(late.withDoubled(OfferRefused.class));
        assertRight(late.declined("c", 1, "a", 2).refused("c", 1, "a", 2, "rescinded"));
        assertAnswerWrong(chats().available("a", 0, "en").refused("c", 1, "a", 2, "unknown"));
    }

    @Test
    void findsTheRefusalOfAClickThatTookOrDeclinedAnOffer() {
        HandMadeLog taken = offered().accepted("c", 1, "a", 1).assigned("c", 1, "a", 1);
        HandMadeLog declined = offered().takenBack("c", 1, "a", 1, "declined");

        assertAnswerWrong(taken.refused("c", 1, "a", 1, "already yours"));
        assertAnswerWrong(declined.refused("c", 1, "a", 1, "declined"));
    }

    @Test
    void findsAnOfferThatEndedByAnAnswerWhichNobodyGave() {
        HandMadeLog declined = offered().takenBack("c", 1, "a", 1, "declined");
        HandMadeLog taken = offered().accepted("c", 1, "a", 1).assigned("c", 1, "a", 1);

        assertRight(declined);
        assertAnswerWrong(declined.without(OfferDeclined.class));
        assertRight(taken);
        assertAnswerWrong(taken.without(OfferAccepted.class));
    }

    @Test
    void isContentWithAnOfferThatIsTakenByAnsweringTheContact() {
        HandMadeLog answered =
                chats("c")
                        .available("agent-1", 0, "en")
                        .offered("c", 1, "agent-1", 0.5)
                        .answered("c", 1)
                        .met("c", 1, 8, 1)
                        .assigned("c", 1, "agent-1", 1);

        assertRight(answered);
    }

    @Test
    void isContentWithTheRefusalOfAClickThatCameAfterTheAgentHadAnswered() {
        assertRight(
                chats("c")
                        .available("agent-1", 0, "en")
                        .offered("c", 1, "agent-1", 0.5)
                        .answered("c", 1)
                        .met("c", 1, 8, 1)
                        .assigned("c", 1, "agent-1", 1)
                        .accepted("c", 1, "agent-1", 1)
                        .refused("c", 1, "agent-1", 1, "already yours"));
    }

    @Test
    void missesTheAnswerToASecondAcceptance() {
        HandMadeLog once =
                offered()
                        .accepted("c", 1, "a", 1)
                        .assigned("c", 1, "a", 1)
                        .accepted("c", 1, "a", 2);

        assertAnswerWrong(once);
        assertRight(once.refused("c", 1, "a", 2, "already yours"));
    }

    @Test
    void remembersNoBeatOfADesktop() {
        HandMadeLog log = chats("c").available("a", 0, "en").offered("c", 1, "a", 1);
        int size = log.evidenceAt(2).size();
        int events = log.judgedAt(2).events();

        log.seen("a", 1).seen("a", 1.5);

        assertThat(log.evidenceAt(2).size()).isEqualTo(size);
        assertThat(log.judgedAt(2).events()).isEqualTo(events + 2);
        assertThat(log.judgedAt(2).faults()).isEmpty();
    }

    private static HandMadeLog offered() {
        return chats("c").available("a", 0, "en").offered("c", 1, "a", 0.5);
    }

    private static HandMadeLog chats(String... ids) {
        HandMadeLog log = new HandMadeLog();
        for (String id : ids) {
            log.started(id, 0).queued(id, 0).due(id, 0);
        }
        return log;
    }

    private static void assertRight(HandMadeLog log) {
        assertThat(log.judgedAt(3.4).faults()).isEmpty();
    }

    private static void assertAnswerWrong(HandMadeLog log) {
        assertThat(log.judgedAt(3.4).faults()).extracting(Fault::about).containsExactly("answer");
    }

    /** Once, in an offer of that contact. */
    private static void assertWrong(HandMadeLog log, String contact) {
        assertThat(log.judgedAt(3.4).faults())
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.about()).isEqualTo("agent");
                            assertThat(fault.contactId()).isEqualTo(contact);
                        });
    }
}
