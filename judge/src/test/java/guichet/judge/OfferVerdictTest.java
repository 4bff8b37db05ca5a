package guichet.judge;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.ContactAssigned;
import guichet.events.ContactLeft;
import guichet.events.ContactOffered;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.OfferClosed;
import guichet.events.OfferExpired;
import guichet.events.OfferMade;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

import java.util.List;

/** From queue to agent, as a queue's topic and the desktops' tell it. Judged before any warning. */
class OfferVerdictTest {

    @Test
    void isContentWithAnOfferThatWasTakenAndAContactThatEndedThere() {
        assertRight(taken().left("c", "a", 3, "ended"));
    }

    @Test
    void isContentWithWhatGoesBackToItsQueueAndOnToAnotherAgent() {
        assertRight(
                waiting().offered("c", 1, "a", 0).expired("c", 1, "a", 3).offered("c", 2, "b", 3));
        for (String reason : List.of("declined", "agent away", "agent offline")) {
            assertRight(offered().takenBack("c", 1, "a", 2, reason).offered("c", 2, "b", 2));
        }
        assertRight(taken().left("c", "a", 3, "agent offline").offered("c", 2, "b", 3));
    }

    @Test
    void isContentWithACustomerWhoLeaves() {
        assertRight(waiting().released("c", null, 1, "withdrawn"));
        assertRight(offered().takenBack("c", 1, "a", 2, "withdrawn"));
    }

    @Test
    void isContentWithAContactThatAnotherAgentAnsweredUnasked() {
        HandMadeLog answered = offered().answered("c", 2).met("c", 2, 8, 2);

        assertRight(waiting().released("c", null, 1, "answered elsewhere"));
        assertRight(answered.takenBack("c", 1, "a", 2, "answered elsewhere"));
        assertRight(answered.left("c", "agent-1", 3, "ended"));
    }

    @Test
    void isContentWithADeskThatTellsDesktopsNothingYet() {
        assertRight(
                chat().put(Topics.assignments("en"), 1, offer("c/1", "a"))
                        .released("c", "a", 2, "declined"));
    }

    @Test
    void findsAnOfferOfAContactThatDoesNotWait() {
        assertWrong(chat().without(ContactQueued.class).offered("c", 1, "a", 1), "queue", "offers");
        assertWrong(offered().offered("c", 2, "a", 2), "offers");
        assertWrong(taken().offered("c", 2, "a", 3), "offers");
        assertWrong(
                waiting().released("c", null, 1, "withdrawn").offered("c", 1, "a", 2), "offers");
    }

    @Test
    void findsAGapInTheNumbersOfOffers() {
        assertWrong(waiting().offered("c", 2, "a", 1), "offers");
        assertWrong(
                offered().takenBack("c", 1, "a", 2, "declined").offered("c", 1, "b", 2), "offers");
    }

    @Test
    void findsAnOfferThatEndsTwiceOrWithoutHavingBegun() {
        assertWrong(waiting().expired("c", 1, "a", 1), "offers");
        assertWrong(taken().expired("c", 1, "a", 3), "offers", "answer");
        assertWrong(taken().takenBack("c", 1, "a", 3, "declined"), "offers");
    }

    @Test
    void findsAContactThatIsAssignedToSomebodyWhomItWasNotOfferedTo() {
        assertWrong(offered().accepted("c", 1, "b", 2).assigned("c", 1, "b", 2), "offers");
        assertWrong(waiting().accepted("c", 1, "a", 2).assigned("c", 1, "a", 2), "offers");
    }

    @Test
    void findsAContactThatIsReleasedFromSomebodyWhoDidNotHaveIt() {
        assertWrong(taken().left("c", "b", 3, "ended"), "offers");
        assertWrong(taken().released("c", null, 3, "ended"), "offers");
        assertWrong(waiting().left("c", "a", 1, "ended"), "offers");
        assertWrong(
                waiting().released("c", null, 1, "answered elsewhere").left("c", "b", 3, "ended"),
                "offers");
    }

    @Test
    void findsAReleaseForAReasonThatIsNoneThere() {
        assertWrong(taken().left("c", "a", 3, "agent away"), "offers");
        assertWrong(taken().left("c", "a", 3, "tired"), "offers");
        assertWrong(waiting().released("c", null, 1, "agent offline"), "offers");
    }

    @Test
    void findsWhatComesAfterTheEnd() {
        assertWrong(taken().left("c", "a", 3, "ended").left("c", "a", 3, "ended"), "offers");
    }

    @Test
    void findsAnOfferOnAnotherLanguagesTopic() {
        assertWrong(waiting().put(Topics.assignments("pt"), 1, offer("c/1", "a")), "offers");
    }

    @Test
    void missesTheEndOfAnOfferWhoseTimeHasPassed() {
        HandMadeLog log = waiting().offered("c", 1, "a", 0.5);

        assertThat(log.judgedAt(3.5).faults()).isEmpty();
        assertThat(log.judgedAt(4, 1, 0).faults()).isEmpty();
        assertWrong(log, "offers");
    }

    @Test
    void findsAContactThatEndedAndWasNotReleased() {
        assertWrong(taken().ended("c", 3), "offers");
        assertWrong(offered().ended("c", 3), "offers");
        assertWrong(offered().takenBack("c", 1, "a", 2, "declined").ended("c", 3), "offers");
        assertRight(taken().ended("c", 3).left("c", "a", 3, "ended"));
    }

    @Test
    void findsAContactThatAnotherAnsweredAndThatWasNotReleased() {
        assertWrong(taken().answered("c", 3).met("c", 3, 8, 3), "offers");
        assertWrong(
                offered().takenBack("c", 1, "a", 2, "declined").answered("c", 3).met("c", 3, 8, 3),
                "offers");
        assertRight(
                taken().answered("c", 3).met("c", 3, 8, 3).left("c", "a", 3, "answered elsewhere"));
    }

    @Test
    void isContentWithAnEndThatTheDeskMayNotHaveHeededYet() {
        HandMadeLog log = taken().ended("c", 3);

        assertThat(log.judgedAt(4, 1, 0).faults()).isEmpty();
        assertThat(log.judgedAt(4, 0, 1).faults()).isEmpty();
    }

    @Test
    void isContentWithAContactThatWasOverBeforeItWasEverOffered() {
        assertRight(waiting().ended("c", 3));
    }

    @Test
    void saysWhatIsThereAndWhatShouldBe() {
        assertThat(offered().offered("c", 2, "b", 2).judgedAt(4).faults())
                .first()
                .hasToString(
                        "c offers: there is [offer c/2 to b at 2026-03-04T10:00:02Z];"
                                + " there should be [an end of offer c/1 to a]");
    }

    @Test
    void findsWhatDesktopsAreNotToldOf() {
        assertWrong(taken().without(OfferMade.class), "desktops");
        assertWrong(taken().without(OfferClosed.class), "desktops", "answer");
        assertWrong(taken().left("c", "a", 3, "ended").without(ContactLeft.class), "desktops");
    }

    @Test
    void findsWhatDesktopsAreToldTwice() {
        assertWrong(taken().withDoubled(OfferMade.class), "desktops");
        assertWrong(taken().withDoubled(OfferClosed.class), "desktops");
        assertWrong(taken().left("c", "a", 3, "ended").withDoubled(ContactLeft.class), "desktops");
    }

    @Test
    void findsWhatDesktopsAloneAreTold() {
        assertWrong(
                offered().takenBack("c", 1, "a", 2, "declined").without(ContactReleased.class),
                "desktops");
        assertWrong(taken().without(ContactAssigned.class), "desktops");
        assertWrong(offered().without(ContactOffered.class), "desktops");
        assertWrong(
                waiting()
                        .offered("c", 1, "a", 0)
                        .expired("c", 1, "a", 3)
                        .without(OfferExpired.class),
                "offers");
    }

    @Test
    void findsAnotherEndThanTheQueuesTopicTells() {
        SpecificRecord taken = new ContactAssigned("c", "c/1", "a", HandMadeLog.at(2));

        assertWrong(
                offered()
                        .takenBack("c", 1, "a", 2, "declined")
                        .without(ContactReleased.class)
                        .put(Topics.assignments("en"), 2, taken),
                "desktops");
    }

    @Test
    void findsWhatDesktopsAreToldOfAContactThatNeverBegan() {
        assertThat(
                        agents().offered("x", 1, "a", 1)
                                .without(ContactOffered.class)
                                .judgedAt(2)
                                .faults())
                .extracting(Fault::about)
                .containsExactly("desktops");
    }

    private static HandMadeLog agents() {
        return new HandMadeLog().available("a", -2, "en").available("b", -2, "en");
    }

    private static HandMadeLog chat() {
        return agents().started("c", 0).queued("c", 0).due("c", 0);
    }

    /** While desktops are told of other things. */
    private static HandMadeLog waiting() {
        return chat().accepted("other", 1, "a", -1).refused("other", 1, "a", -1, "unknown");
    }

    private static HandMadeLog offered() {
        return waiting().offered("c", 1, "a", 1.5);
    }

    private static HandMadeLog taken() {
        return offered().accepted("c", 1, "a", 2).assigned("c", 1, "a", 2);
    }

    private static SpecificRecord offer(String offerId, String agent) {
        return ContactOffered.newBuilder()
                .setContactId("c")
                .setOfferId(offerId)
                .setAgentId(agent)
                .setOfferedAt(HandMadeLog.at(1))
                .setExpiresAt(HandMadeLog.at(4))
                .setPolicyVersion("1")
                .build();
    }

    private static void assertRight(HandMadeLog log) {
        assertThat(log.judgedAt(4).faults()).isEmpty();
    }

    /**
     * Contacts' topic and desktops' are told alike, so that a fault of one may show in the other.
     */
    private static void assertWrong(HandMadeLog log, String... about) {
        assertThat(log.judgedAt(4).faults()).extracting(Fault::about).containsExactly(about);
    }
}
