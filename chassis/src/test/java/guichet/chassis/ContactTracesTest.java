package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import guichet.chassis.traces.MessageSpans;
import guichet.chassis.traces.RecordedSpans;
import guichet.deadlines.Deadlines;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.ContactReleased;
import guichet.events.Customer;
import guichet.events.EndedBy;
import guichet.schemas.Contract;
import guichet.schemas.Topics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class ContactTracesTest {

    private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");

    /** The customer's request, and the agent's. */
    private static final String ASKS = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1111111111111111-01";

    private static final String ANSWERS = "00-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-2222222222222222-01";
    private static final String UNSAMPLED =
            "00-cccccccccccccccccccccccccccccccc-3333333333333333-00";

    private final RecordedSpans spans = new RecordedSpans();
    private @Nullable DeskDriver desk;

    /** Says of each event that its contact is released, and a second later once more. */
    private static final class Echo implements DeskTask {

        private final Context context;
        private final Deadlines timers;

        Echo(Context context) {
            this.context = context;
            this.timers = context.deadlines("timers", due -> say(due.owner()));
        }

        @Override
        public void on(SpecificRecord event) {
            if (event instanceof ChatEnded) {
                throw new IllegalStateException("secret");
            }
            String id = Contract.keyOf(event);
            say(id);
            timers.schedule(id, "again", context.now().plusSeconds(1));
        }

        private void say(String contactId) {
            context.emit(
                    Topics.assignments("en"),
                    new ContactReleased(contactId, null, context.now(), "echo"),
                    context.now());
        }
    }

    @AfterEach
    void close() {
        if (desk != null) {
            desk.close();
        }
        spans.close();
    }

    @Test
    void whatIsSaidAtOnceAndLaterIsInTheTraceOfTheContactAlsoWhileTracingIsOff() {
        DeskDriver desk = start(MessageSpans.OFF);

        desk.read(Topics.CHATS, started("c-1"), ASKS);
        desk.read(Topics.CHATS, answered("c-1"), ANSWERS);
        desk.advance(Duration.ofSeconds(2));

        assertThat(traceparents(desk)).containsExactly(ASKS, ASKS, ASKS);
        assertThat(spans.ended()).isEmpty();
    }

    @Test
    void whatLeadsToAnEventCountsWhereTheContactIsOfNoTrace() {
        DeskDriver desk = start(MessageSpans.OFF);

        desk.read(Topics.CHATS, started("c-1"), UNSAMPLED);
        desk.read(Topics.CHATS, answered("c-1"), ANSWERS);
        desk.read(Topics.CHATS, started("c-2"));
        desk.advance(Duration.ofSeconds(2));

        assertThat(traceparents(desk)).containsExactly(UNSAMPLED, ANSWERS, null, null, null);
    }

    @Test
    void aRepeatedRequestDoesNotMoveTheContactToAnotherTrace() {
        DeskDriver desk = start(MessageSpans.OFF);

        desk.read(Topics.CHATS, started("c-1"), ASKS);
        desk.read(Topics.CHATS, started("c-1"), ANSWERS);

        assertThat(traceparents(desk)).containsExactly(ASKS, ASKS);
    }

    @Test
    void aTraceIsForgottenWhenItIsOld() {
        DeskDriver desk = start(MessageSpans.OFF);

        desk.read(Topics.CHATS, started("c-1"), ASKS);
        desk.advance(Duration.ofDays(20));
        desk.read(Topics.CHATS, started("c-2"), ASKS);
        desk.read(Topics.CHATS, answered("c-1"), ANSWERS);

        assertThat(traceparents(desk)).last().isEqualTo(ANSWERS);
    }

    @Test
    void aRecordThatIsReadAndAnEventThatIsWrittenAreSpansByTheConventionsForMessaging() {
        DeskDriver desk = start(spans.recorder());

        desk.read(Topics.CHATS, started("c-1"), ASKS);

        SpanData sent = spans.ended().get(0);
        SpanData processed = spans.ended().get(1);
        assertThat(processed.getName()).isEqualTo("process support.chats");
        assertThat(processed.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(processed.getParentSpanId()).isEqualTo("1111111111111111");
        assertThat(attributes(processed))
                .containsExactlyInAnyOrder(
                        "messaging.consumer.group.name=echo-service",
                        "messaging.destination.name=support.chats",
                        "messaging.destination.partition.id=0",
                        "messaging.kafka.offset=0",
                        "messaging.operation.name=process",
                        "messaging.operation.type=process",
                        "messaging.system=kafka");
        assertThat(sent.getName()).isEqualTo("send support.assignments.en");
        assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(sent.getTraceId()).isEqualTo("a".repeat(32));
        assertThat(sent.getParentSpanId()).isEqualTo(processed.getSpanId());
        assertThat(sent.getLinks()).isEmpty();
        assertThat(attributes(sent))
                .containsExactlyInAnyOrder(
                        "cloudevents.event_type=guichet.events.ContactReleased",
                        "messaging.destination.name=support.assignments.en",
                        "messaging.kafka.message.key=c-1",
                        "messaging.operation.name=send",
                        "messaging.operation.type=send",
                        "messaging.system=kafka");
        assertThat(traceparents(desk))
                .containsExactly("00-%s-%s-01".formatted("a".repeat(32), sent.getSpanId()));
    }

    @Test
    void anEventThatAnotherTraceLedToIsLinkedToIt() {
        DeskDriver desk = start(spans.recorder());
        desk.read(Topics.CHATS, started("c-1"), ASKS);

        desk.read(Topics.CHATS, answered("c-1"), ANSWERS);

        SpanData sent = spans.ended().get(2);
        SpanData processed = spans.ended().get(3);
        assertThat(processed.getTraceId()).isEqualTo("b".repeat(32));
        assertThat(sent.getTraceId()).isEqualTo("a".repeat(32));
        assertThat(sent.getLinks())
                .singleElement()
                .satisfies(
                        link ->
                                assertThat(link.getSpanContext().getSpanId())
                                        .isEqualTo(processed.getSpanId()));
    }

    @Test
    void aTraceThatIsNotSampledLeavesNoSpans() {
        DeskDriver desk = start(spans.recorder());

        desk.read(Topics.CHATS, started("c-1"), UNSAMPLED);

        assertThat(spans.ended()).isEmpty();
        assertThat(traceparents(desk)).containsExactly(UNSAMPLED);
    }

    @Test
    void aRecordThatNamesNoTraceBeginsOne() {
        DeskDriver desk = start(spans.recorder());

        desk.read(Topics.CHATS, started("c-1"));
        desk.advance(Duration.ofSeconds(2));

        assertThat(spans.ended())
                .hasSize(3)
                .extracting(SpanData::getTraceId)
                .hasSize(3)
                .containsOnly(spans.ended().getFirst().getTraceId());
    }

    @Test
    void aFailureTellsItsKindAndNoMore() {
        DeskDriver desk = start(spans.recorder());

        desk.read(Topics.CHATS, new ChatEnded("c-1", NOON, EndedBy.AGENT), ASKS);

        SpanData processed = spans.ended().getFirst();
        assertThat(processed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(processed.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(processed.toString()).doesNotContain("secret");
    }

    private DeskDriver start(MessageSpans recorder) {
        desk =
                new DeskDriver(
                        new DeskTopology(
                                "echo-service",
                                Topics.CHANNEL_TOPICS,
                                List.of(Topics.assignments("en")),
                                Deadlines.stores("timers"),
                                Echo::new),
                        NOON,
                        recorder);
        return desk;
    }

    private static List<@Nullable String> traceparents(DeskDriver desk) {
        return desk.records(Topics.assignments("en")).stream()
                .map(TestRecord::headers)
                .map(headers -> headers.lastHeader("traceparent"))
                .map(ContactTracesTest::text)
                .toList();
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null ? null : new String(header.value(), US_ASCII);
    }

    private static List<String> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .map(entry -> entry.getKey().getKey() + "=" + entry.getValue())
                .toList();
    }

    private static ChatStarted started(String contactId) {
        return ChatStarted.newBuilder()
                .setContactId(contactId)
                .setStartedAt(NOON)
                .setCustomer(Customer.newBuilder().setCustomerId("person-7").build())
                .build();
    }

    private static ChatAnswered answered(String contactId) {
        return new ChatAnswered(contactId, NOON, "agent-1");
    }
}
