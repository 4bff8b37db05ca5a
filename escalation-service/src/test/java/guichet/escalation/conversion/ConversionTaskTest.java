package guichet.escalation.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.DeskDriver;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.CallbackRequested;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ContactConverted;
import guichet.events.ConvertedConversationEnded;
import guichet.events.Customer;
import guichet.events.EndedBy;
import guichet.events.Impact;
import guichet.events.Plan;
import guichet.events.TicketCreated;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

class ConversionTaskTest {

    private static final Instant NOON = Instant.parse("2026-01-07T12:00:00Z");
    private static final Instant JOINED = NOON.plusSeconds(120);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final DeskDriver desk =
            new DeskDriver(ConversionTask.topology("escalation-service", policy, meters), NOON);

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
    void theTicketIsInTheTraceOfTheChat() {
        String asked = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1111111111111111-01";
        desk.read(Topics.CHATS, chat("c-1"), asked);
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));

        desk.advance(Duration.ofHours(1));

        assertThat(desk.records(Topics.TICKETS))
                .singleElement()
                .extracting(ticket -> ticket.headers().lastHeader("traceparent").value())
                .isEqualTo(asked.getBytes(UTF_8));
    }

    @Test
    void carriesWhatTheCustomerHasSaidIntoTheTicket() {
        desk.read(
                Topics.CHATS,
                ChatStarted.newBuilder(chat("c-1"))
                        .setImpact(Impact.HIGH)
                        .setTopic("how-to")
                        .setSite("ana.example.org")
                        .setQuestion("\n ¿Cómo cambio el dominio?\nTengo uno nuevo.")
                        .build());
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));

        desk.advance(Duration.ofHours(1));

        TicketCreated ticket = (TicketCreated) desk.written(Topics.TICKETS).getFirst();
        assertThat(ticket.getSubject()).isEqualTo("¿Cómo cambio el dominio?");
        assertThat(ticket.getDescription())
                .isEqualTo("\n ¿Cómo cambio el dominio?\nTengo uno nuevo.");
        assertThat(ticket.getImpact()).isEqualTo(Impact.HIGH);
        assertThat(ticket.getTopic()).isEqualTo("how-to");
        assertThat(ticket.getSite()).isEqualTo("ana.example.org");
        assertThat(ticket.getCustomer()).isEqualTo(customer());
    }

    @Test
    void cutsAQuestionThatFilledTheChatsEventAndWouldOverfillTheTickets() throws IOException {
        desk.read(
                Topics.CHATS,
                ChatStarted.newBuilder(chat("c-1")).setQuestion("é".repeat(262_050)).build());
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));

        desk.advance(Duration.ofHours(1));

        TicketCreated ticket = (TicketCreated) desk.written(Topics.TICKETS).getFirst();
        assertThat(TicketCreated.getEncoder().encode(ticket).remaining())
                .isLessThanOrEqualTo(Contract.LARGEST_EVENT);
        assertThat(ticket.getDescription()).matches("é{261000,}…\\n\\[cut: .*]");
        assertThat(ticket.getConvertedFrom().getTranscript()).isEqualTo("chat:c-1");
    }

    @Test
    void anotherPolicyMovesNoConversionOfAChatThatWasAnsweredBefore() {
        desk.read(Topics.CHATS, chat("c-1"));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));
        desk.advance(Duration.ofMinutes(27));

        try (DeskDriver restarted = restartedWithALimitOfSeconds()) {
            restarted.advance(Duration.ofHours(1));

            ContactConverted converted =
                    (ContactConverted) restarted.written(Topics.CONVERSIONS).getFirst();
            assertThat(converted.getConvertedAt()).isEqualTo(JOINED.plus(LIMIT));
            assertThat(converted.getPolicyVersion()).isEqualTo(policy.version());
            assertThat(converted.getReasons())
                    .containsExactly("E1: a chat of 30m becomes a ticket");
        }
    }

    @Test
    void anotherPolicyMakesNoTicketOfAChatThatEndsWithinTheLimitItWasAnsweredUnder() {
        desk.read(Topics.CHATS, chat("c-1"));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));
        desk.advance(Duration.ofMinutes(27));

        try (DeskDriver restarted = restartedWithALimitOfSeconds()) {
            restarted.read(Topics.CHATS, new ChatEnded("c-1", restarted.now(), EndedBy.AGENT));
            restarted.advance(Duration.ofHours(1));

            assertThat(restarted.written(Topics.TICKETS)).isEmpty();
        }
    }

    private DeskDriver restartedWithALimitOfSeconds() {
        DeskDriver restarted =
                new DeskDriver(
                        ConversionTask.topology(
                                "escalation-service", SupportPolicy.load("demo"), meters),
                        desk.now());
        restarted.takeOver(desk);
        return restarted;
    }

    @Test
    void cutsALongSubjectBetweenTwoCharacters() {
        assertThat(subjectOf("😀".repeat(120))).isEqualTo("😀".repeat(120));
        assertThat(subjectOf("😀".repeat(121))).isEqualTo("😀".repeat(119) + "…");
    }

    @Test
    void leavesTheSubjectOutWhereTheCustomerSaidNothing() {
        assertThat(subjectOf(null)).isNull();
        assertThat(subjectOf(" \n")).isNull();
    }

    @Test
    void findsTheLanguageOfACustomerWhoDeclaredNone() {
        desk.read(
                Topics.CHATS,
                ChatStarted.newBuilder(chat("c-1"))
                        .setLanguage(null)
                        .setQuestion("Como posso mudar o domínio do meu site?")
                        .build());
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));

        desk.advance(Duration.ofHours(1));

        TicketCreated ticket = (TicketCreated) desk.written(Topics.TICKETS).getFirst();
        assertThat(ticket.getLanguage()).isEqualTo("pt");
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

        assertThat(desk.written(Topics.TICKETS)).hasSize(1);
        assertThat(conversions())
                .extracting(event -> event.getSchema().getName())
                .containsExactly("ContactConverted", "ConvertedConversationEnded");
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

    @Test
    void countsFromTheFirstAgentWhoJoinedHoweverLateThatIsRead() {
        desk.read(Topics.CHATS, chat("c-1"));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED.plusSeconds(600), "agent-8"));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));

        desk.advance(Duration.ofHours(1));

        ContactConverted converted = (ContactConverted) conversions().getFirst();
        assertThat(converted.getConvertedAt()).isEqualTo(JOINED.plus(LIMIT));
        assertThat(converted.getAgentId()).isEqualTo("agent-7");
    }

    @Test
    void believesTheFirstOfSeveralEnds() {
        desk.read(Topics.CHATS, chat("c-1"));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));
        desk.read(Topics.CHATS, new ChatEnded("c-1", JOINED.plus(LIMIT), EndedBy.SYSTEM));
        desk.read(Topics.CHATS, new ChatEnded("c-1", JOINED.plusSeconds(9), EndedBy.CUSTOMER));

        desk.advance(Duration.ofHours(1));

        assertThat(conversions()).isEmpty();
    }

    @Test
    void linksTheEndOfAConvertedCallToItsTicket() {
        convertedCall("c-1");
        ContactConverted converted = (ContactConverted) conversions().getFirst();
        Instant ended = JOINED.plus(LIMIT).plusSeconds(90);

        desk.read(Topics.CALLBACKS, new CallEnded("c-1", ended, EndedBy.CUSTOMER));

        TestRecord<String, SpecificRecord> end = desk.records(Topics.CONVERSIONS).getFirst();
        assertThat(end.value())
                .isEqualTo(
                        ConvertedConversationEnded.newBuilder()
                                .setContactId("c-1")
                                .setTicketId(converted.getTicketId())
                                .setChannel(Channel.PHONE)
                                .setAgentId("agent-7")
                                .setConvertedAt(converted.getConvertedAt())
                                .setEndedAt(ended)
                                .setMillisAfterConversion(90_000)
                                .build());
        assertThat(end.key()).isEqualTo("c-1");
        assertThat(end.getRecordTime()).isEqualTo(ended);
        assertThat(new String(end.headers().lastHeader("ce_type").value(), UTF_8))
                .isEqualTo("guichet.events.ConvertedConversationEnded");
    }

    @Test
    void linksAnEndThatIsReadBeforeTheConversionRightAfterIt() {
        desk.read(Topics.CHATS, chat("c-1"));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", JOINED, "agent-7"));
        desk.read(
                Topics.CHATS,
                new ChatEnded("c-1", JOINED.plus(LIMIT).plusMillis(1), EndedBy.AGENT));
        assertThat(conversions()).isEmpty();

        desk.advance(Duration.ofHours(1));

        assertThat(conversions())
                .extracting(event -> event.getSchema().getName())
                .containsExactly("ContactConverted", "ConvertedConversationEnded");
    }

    @Test
    void keepsTheConversionOfAConversationThatTurnsOutToHaveEndedBefore() {
        convertedCall("c-1");
        conversions();
        Instant ended = JOINED.plus(LIMIT).minusSeconds(5);

        desk.read(Topics.CALLBACKS, new CallEnded("c-1", ended, EndedBy.CUSTOMER));

        ConvertedConversationEnded end = (ConvertedConversationEnded) conversions().getFirst();
        assertThat(end.getEndedAt()).isEqualTo(ended);
        assertThat(end.getMillisAfterConversion()).isZero();
    }

    @Test
    void linksTheEndOnceWhateverIsSaidOfItLater() {
        convertedCall("c-1");
        conversions();
        for (int seconds : List.of(60, 60, 70, 50)) {
            Instant ended = JOINED.plus(LIMIT).plusSeconds(seconds);
            desk.read(Topics.CALLBACKS, new CallEnded("c-1", ended, EndedBy.SYSTEM));
        }

        assertThat(conversions())
                .singleElement()
                .extracting(end -> ((ConvertedConversationEnded) end).getEndedAt())
                .isEqualTo(JOINED.plus(LIMIT).plusSeconds(60));
    }

    @Test
    void linksTheEndOfALongConversationAsLongAsItIsRemembered() {
        convertedCall("c-1");
        convertedCall("c-2");
        conversions();

        desk.advance(Duration.ofDays(29));
        desk.read(Topics.CALLBACKS, new CallEnded("c-1", desk.now(), EndedBy.SYSTEM));
        assertThat(conversions()).hasSize(1);

        desk.advance(Duration.ofDays(2));
        desk.read(Topics.CALLBACKS, new CallEnded("c-2", desk.now(), EndedBy.SYSTEM));
        assertThat(conversions()).isEmpty();
    }

    @Test
    void countsConversionsByChannelAndLanguage() {
        convertedCall("c-1");
        convertedCall("c-2");

        assertThat(
                        meters.get("guichet.conversions")
                                .tags("channel", "PHONE", "language", "es")
                                .counter()
                                .count())
                .isEqualTo(2);
    }

    private String subjectOf(String question) {
        String id = "c-" + Objects.hash(question);
        Instant now = desk.now();
        desk.read(Topics.CHATS, ChatStarted.newBuilder(chat(id)).setQuestion(question).build());
        desk.read(Topics.CHATS, new ChatAnswered(id, now, "agent-7"));
        desk.advance(Duration.ofHours(1));
        return ((TicketCreated) desk.written(Topics.TICKETS).getFirst()).getSubject();
    }

    private void convertedCall(String id) {
        desk.read(Topics.CALLBACKS, callback(id));
        desk.read(Topics.CALLBACKS, new CallAnswered(id, JOINED, "agent-7"));
        desk.advance(Duration.ofHours(1));
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
