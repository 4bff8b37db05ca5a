package guichet.judge;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.Channel;
import guichet.events.ContactQueued;
import guichet.events.Priority;
import guichet.schemas.Topics;

import org.junit.jupiter.api.Test;

/** One place in the right queue for each contact (L1, T4). */
class QueueVerdictTest {

    @Test
    void isContentWithAContactQueuedOnceWhereItBelongs() {
        assertThat(chat().queued("c", 0).judgedAt(1).faults()).isEmpty();
    }

    @Test
    void missesAContactThatWasNotQueued() {
        assertThat(chat().judgedAt(1).faults())
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.contactId()).isEqualTo("c");
                            assertThat(fault.about()).isEqualTo("queue");
                            assertThat(fault.there()).isEmpty();
                            assertThat(fault.due()).hasSize(1);
                        });
    }

    @Test
    void findsAContactThatWasQueuedTwice() {
        assertThat(chat().queued("c", 0).queued("c", 0).judgedAt(1).faults())
                .extracting(Fault::about)
                .containsExactly("queue");
    }

    @Test
    void findsAContactInAnotherLanguagesQueue() {
        ContactQueued queued = HandMadeLog.chatQueued("c", 0).build();

        assertThat(chat().put(Topics.assignments("pt"), 0, queued).judgedAt(1).faults())
                .extracting(Fault::about)
                .containsExactly("queue");
    }

    @Test
    void findsAWrongPriorityDueOrHeadStart() {
        for (ContactQueued wrong :
                new ContactQueued[] {
                    HandMadeLog.chatQueued("c", 0).setPriority(Priority.HIGH).build(),
                    HandMadeLog.chatQueued("c", 0).setDue(HandMadeLog.at(9)).build(),
                    HandMadeLog.chatQueued("c", 0).setHeadStartMillis(1).build(),
                    HandMadeLog.chatQueued("c", 0).setOutOfScope(true).build()
                }) {
            assertThat(chat().put(Topics.assignments("en"), 0, wrong).judgedAt(1).faults())
                    .extracting(Fault::about)
                    .containsExactly("queue");
        }
    }

    @Test
    void takesTheDueByTheClosuresThatHadBeenReadAndNoOther() {
        for (double due : new double[] {8, 18}) {
            assertThat(chatBeforeADrill(due).judgedAt(1).faults()).isEmpty();
        }
        assertThat(chatBeforeADrill(17).judgedAt(1).faults())
                .extracting(Fault::about)
                .containsExactly("queue");
    }

    @Test
    void wantsTheDueByAClosureThatWasAnnouncedLongBefore() {
        double quarterOfAnHour = -900;

        assertThat(chatBeforeADrill(quarterOfAnHour + 1, 8).judgedAt(1).faults()).isEmpty();
        assertThat(chatBeforeADrill(quarterOfAnHour, 18).judgedAt(1).faults()).isEmpty();
        assertThat(chatBeforeADrill(quarterOfAnHour, 8).judgedAt(1).faults())
                .extracting(Fault::about)
                .containsExactly("queue");
    }

    @Test
    void findsWhatIsSaidOfAContactThatNeverBegan() {
        assertThat(new HandMadeLog().queued("c", 0).judgedAt(1).faults())
                .extracting(Fault::about)
                .containsExactly("queue");
    }

    private static HandMadeLog chatBeforeADrill(double due) {
        return chatBeforeADrill(-1, due);
    }

    private static HandMadeLog chatBeforeADrill(double announced, double due) {
        ContactQueued queued = HandMadeLog.chatQueued("c", 0).setDue(HandMadeLog.at(due)).build();
        return new HandMadeLog()
                .closureAnnounced("drill", announced, 5, 15)
                .started("c", 0)
                .put(Topics.assignments("en"), 0, queued)
                .due("c", Channel.CHAT, 0, null, 18, 8);
    }

    /** Begun, and with its clock running. */
    private static HandMadeLog chat() {
        return new HandMadeLog().started("c", 0).due("c", 0);
    }
}
