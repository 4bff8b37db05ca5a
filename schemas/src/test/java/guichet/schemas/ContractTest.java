package guichet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.ChatAnswered;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

import java.time.Instant;

class ContractTest {

    private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");

    @Test
    void acceptsAnEventUnderItsOwnIdOnItsOwnTopic() {
        assertThat(Contract.fault(Topics.CHATS, "c-1", NOON, chatAnswered("c-1"))).isEmpty();
    }

    @Test
    void refusesAnEventOnAnotherTopicThanItsOwn() {
        assertThat(Contract.fault(Topics.TICKETS, "c-1", NOON, chatAnswered("c-1")))
                .hasValue("guichet.events.ChatAnswered does not belong on support.tickets");
    }

    @Test
    void refusesAKeyThatIsNotTheContactId() {
        assertThat(Contract.fault(Topics.CHATS, "c-2", NOON, chatAnswered("c-1")))
                .hasValueSatisfying(
                        fault ->
                                assertThat(fault)
                                        .contains("contactId")
                                        .doesNotContain("c-1", "c-2"));
        assertThat(Contract.fault(Topics.CHATS, null, NOON, chatAnswered("c-1"))).isPresent();
    }

    @Test
    void refusesABlankContactId() {
        assertThat(Contract.fault(Topics.CHATS, " ", NOON, chatAnswered(" ")))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("contactId has 1 "));
        String endless = "c".repeat(201);
        assertThat(Contract.fault(Topics.CHATS, endless, NOON, chatAnswered(endless))).isPresent();
    }

    @Test
    void refusesAnInstantThatNobodyCanHaveMeant() {
        assertThat(Contract.fault(Topics.CHATS, "c-1", NOON, chatAnswered("c-1", Instant.EPOCH)))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("answeredAt is 1970"));
        assertThat(Contract.fault(Topics.CHATS, "c-1", NOON, chatAnswered("c-1", Instant.MAX)))
                .isPresent();
    }

    @Test
    void refusesWhatIsSaidToHappenAfterItWasRecorded() {
        Instant soon = NOON.plusSeconds(299);
        Instant later = NOON.plusSeconds(301);

        assertThat(Contract.fault(Topics.CHATS, "c-1", NOON, chatAnswered("c-1", soon))).isEmpty();
        assertThat(Contract.fault(Topics.CHATS, "c-1", NOON, chatAnswered("c-1", later)))
                .isPresent();
    }

    @Test
    void givesTheSameEventTheSameCloudEventsIdHoweverOftenItIsWritten() {
        Headers first = new RecordHeaders();
        Headers again = new RecordHeaders();

        CloudEvents.addTo(first, chatAnswered("c-1"), "routing-service", NOON);
        CloudEvents.addTo(again, chatAnswered("c-1"), "routing-service", NOON);
        CloudEvents.addTo(again, chatAnswered("c-1"), "routing-service", NOON);

        assertThat(again).isEqualTo(first).hasSize(5);
    }

    @Test
    void readsADeadLetterBackFromItsHeaders() {
        DeadLetter letter = new DeadLetter("support.chats", 3, 42, "routing-service", "not Avro");

        assertThat(DeadLetter.of(letter.addTo(new RecordHeaders()))).isEqualTo(letter);
    }

    private static ChatAnswered chatAnswered(String contactId) {
        return chatAnswered(contactId, NOON);
    }

    private static ChatAnswered chatAnswered(String contactId, Instant at) {
        return ChatAnswered.newBuilder()
                .setContactId(contactId)
                .setAnsweredAt(at)
                .setAgentId("agent-1")
                .build();
    }
}
