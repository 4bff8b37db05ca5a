package guichet.intake.requests;

import static guichet.intake.requests.Events.at;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.AgentSeen;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactReleased;
import guichet.events.EndedBy;
import guichet.events.TicketSolved;
import guichet.policy.Channel;
import guichet.policy.Plan;

import org.junit.jupiter.api.Test;

import java.util.List;

class ChangesTest {

    @Test
    void c3ATicketBeginsWithTheFirstLineOfWhatItSaysAndTheAddressesInLowerCase() {
        assertThat(Changes.of(Events.ticket("t", "ana", 0, "Bo@Example.com", "bo@example.com"), 5))
                .containsExactly(
                        new Change.Begun(
                                "t",
                                5,
                                "ana",
                                "ana@example.com",
                                Channel.WEB,
                                Plan.BASIC,
                                "The editor is blank.",
                                at(0),
                                null,
                                List.of("bo@example.com"),
                                null));
    }

    @Test
    void anAnswerIsAFactAndAStep() {
        assertThat(Changes.of(new ChatAnswered("c", at(3), "agent-1"), 0))
                .containsExactly(
                        new Change.Answered("c", at(3)),
                        new Change.Stepped("c", at(3), StepKind.ANSWERED, null));
    }

    @Test
    void aTicketThatNoAgentSolvedWasClosedByItsCustomer() {
        assertThat(Changes.of(new TicketSolved("t", at(3), null), 0))
                .containsExactly(new Change.Ended("t", at(3), true));
        assertThat(Changes.of(new TicketSolved("t", at(3), "agent-1"), 0))
                .containsExactly(new Change.Ended("t", at(3), false));
        assertThat(Changes.of(new ChatEnded("c", at(3), EndedBy.CUSTOMER), 0))
                .containsExactly(new Change.Ended("c", at(3), true));
    }

    @Test
    void aReleaseIsToldOnlyWhereAnAgentLeftWhatGoesOn() {
        assertThat(Changes.of(new ContactReleased("c", null, at(3), "withdrawn"), 0)).isEmpty();
        assertThat(Changes.of(new ContactReleased("c", "agent-1", at(3), "ended"), 0))
                .containsExactly(new Change.Released("c", at(3)));
        assertThat(Changes.of(new ContactReleased("c", "agent-1", at(3), "agent offline"), 0))
                .contains(new Change.Stepped("c", at(3), StepKind.RELEASED, null));
    }

    @Test
    void onlyADueThatMovedIsAStep() {
        assertThat(Changes.of(Events.due("c", 0, null, at(60)), 4))
                .containsExactly(new Change.Due("c", 4, at(60)));
        assertThat(Changes.of(Events.due("c", 9, at(60), at(90)), 5))
                .containsExactly(
                        new Change.Due("c", 5, at(90)),
                        new Change.Stepped("c", at(9), StepKind.DUE_MOVED, at(90)));
    }

    @Test
    void whatAChannelWritesIsMadeFitForTheTables() {
        assertThat(Changes.of(Events.chat("a\0\nb", "ana", 0), 0))
                .first()
                .isInstanceOfSatisfying(
                        Change.Begun.class,
                        begun -> assertThat(begun.id()).isEqualTo("a\uFFFD\uFFFDb"));
        assertThat(Changes.of(Events.chat("c", "a".repeat(501), 0), 0)).isEmpty();
        assertThat(Changes.of(Events.ticket("t", "a".repeat(501), 0), 0))
                .containsExactly(new Change.Mentioned("t"));
    }

    @Test
    void whatConcernsNoRequestChangesNothing() {
        assertThat(Changes.of(new AgentSeen("agent-1", at(0)), 0)).isEmpty();
    }
}
