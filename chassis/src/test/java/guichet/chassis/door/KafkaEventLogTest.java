package guichet.chassis.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.traces.MessageSpans;
import guichet.chassis.traces.RecordedSpans;
import guichet.events.CallbackRequested;
import guichet.events.Customer;
import guichet.events.Impact;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroSerializer;

import io.opentelemetry.sdk.trace.data.SpanData;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class KafkaEventLogTest {

    private static final Instant AT = Instant.parse("2026-11-24T21:00:00.123Z");

    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(false, null, new StringSerializer(), serializer());
    private final MockProducer<String, SpecificRecord> insistent =
            new MockProducer<>(false, null, new StringSerializer(), serializer());
    private final RecordedSpans spans = new RecordedSpans();
    private final KafkaEventLog log =
            new KafkaEventLog(
                    new KafkaTemplate<>(factory(producer)),
                    new KafkaTemplate<>(factory(insistent)),
                    "intake-service",
                    spans.recorder());

    @AfterEach
    void close() {
        spans.close();
    }

    @Test
    void writesKeyTimeAndCloudEventsHeaders() {
        log.append(Topics.CALLBACKS, callback(), AT);

        var written = producer.history().getFirst();
        assertThat(written.topic()).isEqualTo("support.callbacks");
        assertThat(written.key()).isEqualTo("c-1");
        assertThat(written.partition()).isNull();
        assertThat(written.timestamp()).isEqualTo(AT.toEpochMilli());
        assertThat(header(written, "ce_type")).isEqualTo("guichet.events.CallbackRequested");
        assertThat(header(written, "ce_source")).isEqualTo("/guichet/intake-service");
        assertThat(header(written, "ce_time")).isEqualTo("2026-11-24T21:00:00.123Z");
    }

    @Test
    void retractsWithARecordThatHasNoValue() {
        CompletableFuture<Void> retracted = log.retract(Topics.CLOSURES, "closure-1", AT);
        producer.completeNext();

        var written = producer.history().getFirst();
        assertThat(retracted).isCompleted();
        assertThat(written.topic()).isEqualTo("support.closures");
        assertThat(written.key()).isEqualTo("closure-1");
        assertThat(written.value()).isNull();
        assertThat(written.timestamp()).isEqualTo(AT.toEpochMilli());
        assertThat(header(written, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(written, "ce_id")).isNotBlank();
        assertThat(header(written, "ce_type")).isEqualTo("guichet.events.Retracted");
        assertThat(header(written, "ce_source")).isEqualTo("/guichet/intake-service");
        assertThat(header(written, "ce_time")).isEqualTo("2026-11-24T21:00:00.123Z");
    }

    @Test
    void insistsWithTheProducerThatGoesOnTrying() {
        CompletableFuture<Void> insisted = log.insist(Topics.CALLBACKS, callback(), AT);
        assertThat(producer.history()).isEmpty();
        assertThat(insistent.history().getFirst().key()).isEqualTo("c-1");

        insistent.completeNext();

        assertThat(insisted).isCompleted();
    }

    @Test
    void isDoneOnlyWhenTheBrokerHasConfirmed() {
        CompletableFuture<Void> appended = log.append(Topics.CALLBACKS, callback(), AT);
        assertThat(appended).isNotDone();

        producer.completeNext();

        assertThat(appended).isCompleted();
    }

    @Test
    void saysThatTheLogIsAwayWhereTheBrokerDoesNotConfirm() {
        CompletableFuture<Void> appended = log.append(Topics.CALLBACKS, callback(), AT);

        producer.errorNext(new TimeoutException("no answer"));

        assertThatThrownBy(appended::join).hasCauseInstanceOf(LogUnavailable.class);
    }

    @Test
    void saysThatTheLogIsAwayWhereNothingCanBeSent() {
        producer.sendException = new TimeoutException("no metadata");

        CompletableFuture<Void> appended = log.append(Topics.CALLBACKS, callback(), AT);

        assertThatThrownBy(appended::join).hasCauseInstanceOf(LogUnavailable.class);
    }

    @Test
    void isASpanFromWritingUntilTheBrokerConfirms() {
        log.append(Topics.CALLBACKS, callback(), AT);
        assertThat(spans.ended()).isEmpty();

        producer.completeNext();

        SpanData sent = spans.ended().getFirst();
        assertThat(sent.getName()).isEqualTo("send support.callbacks");
        assertThat(header(producer.history().getFirst(), "traceparent"))
                .startsWith("00-%s-%s-".formatted(sent.getTraceId(), sent.getSpanId()));
    }

    @Test
    void namesNoTraceWhileTracingIsOff() {
        new KafkaEventLog(
                        new KafkaTemplate<>(factory(producer)),
                        new KafkaTemplate<>(factory(insistent)),
                        "intake-service",
                        MessageSpans.OFF)
                .append(Topics.CALLBACKS, callback(), AT);

        assertThat(producer.history().getFirst().headers().lastHeader("traceparent")).isNull();
    }

    private static String header(ProducerRecord<?, ?> written, String name) {
        return new String(written.headers().lastHeader(name).value(), UTF_8);
    }

    private static CallbackRequested callback() {
        return CallbackRequested.newBuilder()
                .setContactId("c-1")
                .setRequestedAt(AT)
                .setCustomer(Customer.newBuilder().setCustomerId("person-7").build())
                .setPhoneNumber("+14155552671")
                .setImpact(Impact.NORMAL)
                .build();
    }

    private static RegistryAvroSerializer<SpecificRecord> serializer() {
        RegistryAvroSerializer<SpecificRecord> serializer = new RegistryAvroSerializer<>();
        serializer.configure(Map.of("schema.registry.url", "mock://contact-log"), false);
        return serializer;
    }

    private static ProducerFactory<String, SpecificRecord> factory(
            MockProducer<String, SpecificRecord> producer) {
        return new ProducerFactory<>() {
            @Override
            public Producer<String, SpecificRecord> createProducer() {
                return producer;
            }
        };
    }
}
