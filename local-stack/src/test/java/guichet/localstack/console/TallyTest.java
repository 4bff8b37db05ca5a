package guichet.localstack.console;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactAssigned;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.events.EndedBy;
import guichet.events.Priority;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class TallyTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final Tally tally = new Tally();

    @Test
    void countsWhoWaitsInEachLanguage() {
        count(queued("a", "pt"), queued("b", "pt"), queued("c", "es"), answered("b"));

        assertThat(tally.status()).startsWith("waiting en 0 pt 1 es 1 |");
    }

    @Test
    void doesNotCountAsWaitingWhatAnAgentHas() {
        count(queued("a", "pt"), queued("b", "pt"), assigned("a"));

        assertThat(tally.status()).startsWith("waiting en 0 pt 1 es 0 |");
    }

    @Test
    void countsAsWaitingAgainWhatAnAgentWhoWentAwayHad() {
        count(
                queued("a", "pt"),
                assigned("a"),
                new ContactReleased("a", "agent-pt-1", NOON, "agent offline"));

        assertThat(tally.status()).startsWith("waiting en 0 pt 1 es 0 |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ended", "withdrawn", "answered elsewhere"})
    void doesNotCountAsWaitingWhatIsOver(String reason) {
        count(queued("a", "pt"), new ContactReleased("a", null, NOON, reason));

        assertThat(tally.status()).startsWith("waiting en 0 pt 0 es 0 |");
    }

    @Test
    void doesNotMindHearingAnAnswerBeforeTheQuestion() {
        count(answered("a"), queued("a", "en"));

        assertThat(tally.status()).startsWith("waiting en 0 pt 0 es 0 |");
    }

    @Test
    void countsADeadlineAsOpenUntilItIsBreached() {
        count(dueChanged("a"), dueChanged("b"), dueChanged("b"), breached("a"));

        assertThat(tally.status()).contains("| open deadlines 1 |", "| breached 1 |");
    }

    @Test
    void closesTheDeadlineOfACustomerWhoLeft() {
        count(dueChanged("a"), new ChatEnded("a", NOON, EndedBy.CUSTOMER));

        assertThat(tally.status()).contains("| open deadlines 0 |");
    }

    @Test
    void countsDeadLetters() {
        tally.countDeadLetter();

        assertThat(tally.status()).endsWith("| dead letters 1");
    }

    private void count(SpecificRecord... events) {
        for (SpecificRecord event : events) {
            tally.count(event);
        }
    }

    private static ContactQueued queued(String id, String language) {
        return ContactQueued.newBuilder()
                .setContactId(id)
                .setQueuedAt(NOON)
                .setChannel(Channel.CHAT)
                .setLanguage(language)
                .setPriority(Priority.NORMAL)
                .setPolicyVersion("p1")
                .build();
    }

    private static ContactAssigned assigned(String id) {
        return new ContactAssigned(id, "offer-" + id, "agent-pt-1", NOON);
    }

    private static ChatAnswered answered(String id) {
        return new ChatAnswered(id, NOON, "agent-en-1");
    }

    private static ResponseDueChanged dueChanged(String id) {
        return ResponseDueChanged.newBuilder()
                .setContactId(id)
                .setChangedAt(NOON)
                .setChannel(Channel.CHAT)
                .setLanguage("en")
                .setDue(NOON.plusSeconds(8))
                .setOpenMillis(8_000)
                .setPolicyVersion("p1")
                .build();
    }

    private static ResponseBreached breached(String id) {
        return ResponseBreached.newBuilder()
                .setContactId(id)
                .setDue(NOON.plusSeconds(8))
                .setChannel(Channel.CHAT)
                .setLanguage("en")
                .setOpenMillisAllowed(8_000)
                .setPolicyVersion("p1")
                .build();
    }
}
