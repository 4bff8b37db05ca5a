package guichet.escalation.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.DeskDriver;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.CallbackRequested;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ContactConverted;
import guichet.events.Customer;
import guichet.events.EndedBy;
import guichet.events.Plan;
import guichet.events.TicketCreated;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class ConversionTaskTest {

    private static final Instant NOON = Instant.parse("2026-01-07T12:00:00Z");
    private static final Instant JOINED = NOON.plusSeconds(120);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final DeskDriver desk =
            new DeskDriver(ConversionTask.topology("escalation-service", policy), NOON);

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void e1_makesATicketOfAChatThirtyMinutesAfterTheAgentJoined() {
        desk.read(Topics.CHATS, chat("c-1"));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));

        desk.advance(Duration.ofSeconds(120).plus(LIMIT).minusMillis(1));
        assertThat(desk.written(Topics.TICKETS)).isEmpty();

        desk.advance(Duration.ofMillis(100));
        TicketCreated ticket = (TicketCreated) desk.written(Topics.TICKETS).getFirst();
        assertThat(ticket.getCreatedAt()).isEqualTo(JOINED.plus(LIMIT));
        assertThat(ticket.getCustomer().getEmail()).isEqualTo("ana@example.org");
        assertThat(ticket.getCustomer().getPlan()).isEqualTo(Plan.TEAM);
        assertThat(ticket.getLanguage()).isEqualTo("es");
        assertThat(ticket.getConvertedFrom().getContactId()).isEqualTo("c-1");
        assertThat(ticket.getConvertedFrom().getChannel()).isEqualTo(Channel.CHAT);
        assertThat(ticket.getConvertedFrom().getAgentId()).isEqualTo("agent-7");
        assertThat(ticket.getConvertedFrom().getTranscript()).isEqualTo("chat:c-1");
    }

    @Test
    void e2_makesATicketOfACallThirtyMinutesAfterItConnected() {
        desk.read(Topics.CALLBACKS, callback("c-1"));
        desk.read(Topics.CALLBACKS, new CallAnswered("c-1", JOINED, "agent-7"));

        desk.advance(Duration.ofHours(1));

        TicketCreated ticket = (TicketCreated) desk.written(Topics.TICKETS).getFirst();
        ContactConverted converted = (ContactConverted) desk.written(Topics.CONVERSIONS).getFirst();
        assertThat(ticket.getConvertedFrom().getChannel()).isEqualTo(Channel.PHONE);
        assertThat(ticket.getConvertedFrom().getPhoneNumber()).isEqualTo("+34911234567");
        assertThat(converted.getContactId()).isEqualTo("c-1");
        assertThat(converted.getTicketId()).isEqualTo(ticket.getContactId());
        assertThat(converted.getConvertedAt()).isEqualTo(JOINED.plus(LIMIT));
        assertThat(converted.getReasons()).containsExactly("E2: a call of 30m becomes a ticket");
        assertThat(converted.getPolicyVersion()).isEqualTo(policy.version());
    }

    @Test
    void leavesAConversationAloneThatEndsBefore() {
        desk.read(Topics.CHATS, chat("c-1"));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));
        desk.read(
                Topics.CHATS,
                new ChatEnded("c-1", JOINED.plus(LIMIT).minusMillis(1), EndedBy.AGENT));

        desk.advance(Duration.ofDays(1));

        assertThat(conversions()).isEmpty();
    }

    @Test
    void convertsAConversationThatLastedTooLongHoweverLateThatIsRead() {
        desk.advance(Duration.ofDays(1));
        desk.read(Topics.CALLBACKS, callback("c-1"));
        desk.read(Topics.CALLBACKS, new CallAnswered("c-1", JOINED, "agent-7"));
        desk.read(Topics.CALLBACKS, new CallEnded("c-1", JOINED.plus(LIMIT), EndedBy.CUSTOMER));

        desk.advance(Duration.ofSeconds(1));

        assertThat(conversions()).hasSize(1);
    }

    @Test
    void doesNotCountTheTimeACustomerWaits() {
        desk.read(Topics.CHATS, chat("c-1"));

        desk.advance(Duration.ofDays(1));

        assertThat(conversions()).isEmpty();
    }

    @Test
    void convertsOnceHoweverOftenEventsAreRepeated() {
        for (int i = 0; i < 3; i++) {
            desk.read(Topics.CHATS, chat("c-1"));
            desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));
            desk.advance(Duration.ofHours(1));
        }

        assertThat(conversions()).hasSize(1);
        assertThat(desk.written(Topics.TICKETS)).hasSize(1);
    }

    @Test
    void convertsAConversationWhoseBeginningIsReadLast() {
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));
        desk.advance(Duration.ofHours(1));
        assertThat(conversions()).isEmpty();

        desk.read(Topics.CHATS, chat("c-1"));
        desk.advance(Duration.ofSeconds(1));

        assertThat(conversions()).hasSize(1);
    }

    private List<SpecificRecord> conversions() {
        return desk.written(Topics.CONVERSIONS);
    }

    private static Customer customer() {
        return Customer.newBuilder()
                .setCustomerId("customer-1")
                .setEmail("ana@example.org")
                .setPlan(Plan.TEAM)
                .build();
    }

    private static ChatStarted chat(String id) {
        return ChatStarted.newBuilder()
                .setContactId(id)
                .setStartedAt(NOON)
                .setCustomer(customer())
                .setLanguage("es")
                .setTranscript("chat:" + id)
                .build();
    }

    private static CallbackRequested callback(String id) {
        return CallbackRequested.newBuilder()
                .setContactId(id)
                .setRequestedAt(NOON)
                .setCustomer(customer())
                .setPhoneNumber("+34911234567")
                .setLanguage("es")
                .build();
    }
}
