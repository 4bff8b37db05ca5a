package guichet.chassis.door;

import guichet.chassis.traces.MessageSpan;
import guichet.chassis.traces.MessageSpans;
import guichet.schemas.CloudEvents;
import guichet.schemas.Contract;
import guichet.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.SendResult;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The log on Kafka: confirmed is what all in-sync replicas have. */
final class KafkaEventLog implements EventLog {

    private final KafkaOperations<String, SpecificRecord> kafka;
    private final KafkaOperations<String, SpecificRecord> insistent;
    private final String source;
    private final MessageSpans spans;

    /**
     * @param insistent goes on trying for longer
     * @param source who speaks, for {@code ce_source}
     * @param spans of what is written, each part of what its writer is doing
     */
    KafkaEventLog(
            KafkaOperations<String, SpecificRecord> kafka,
            KafkaOperations<String, SpecificRecord> insistent,
            String source,
            MessageSpans spans) {
        this.kafka = kafka;
        this.insistent = insistent;
        this.source = source;
        this.spans = spans;
    }

    @Override
    public CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at) {
        return append(kafka, topic, event, at);
    }

    @Override
    public CompletableFuture<Void> insist(Topic topic, SpecificRecord event, Instant at) {
        return append(insistent, topic, event, at);
    }

    private CompletableFuture<Void> append(
            KafkaOperations<String, SpecificRecord> by,
            Topic topic,
            SpecificRecord event,
            Instant at) {
        ProducerRecord<String, SpecificRecord> written =
                new ProducerRecord<>(
                        topic.name(), null, at.toEpochMilli(), Contract.keyOf(event), event);
        CloudEvents.addTo(written.headers(), event, source, at);
        return confirmed(by, written, event.getSchema().getFullName());
    }

    @Override
    public CompletableFuture<Void> retract(Topic topic, String key, Instant at) {
        ProducerRecord<String, SpecificRecord> written =
                new ProducerRecord<String, SpecificRecord>(
                        topic.name(), null, at.toEpochMilli(), key, null);
        CloudEvents.addToRetraction(written.headers(), topic, key, source, at);
        return confirmed(kafka, written, null);
    }

    private CompletableFuture<Void> confirmed(
            KafkaOperations<String, SpecificRecord> by,
            ProducerRecord<String, SpecificRecord> written,
            @Nullable String type) {
        return send(by, written, type)
                .exceptionally(
                        failure -> {
                            throw new LogUnavailable(failure);
                        })
                .thenAccept(sent -> {});
    }

    private CompletableFuture<SendResult<String, SpecificRecord>> send(
            KafkaOperations<String, SpecificRecord> by,
            ProducerRecord<String, SpecificRecord> written,
            @Nullable String type) {
        MessageSpan span = spans.writeHere(written.topic(), written.key(), type);
        if (span == null) {
            return send(by, written);
        }
        span.place().addTo(written.headers());
        CompletableFuture<SendResult<String, SpecificRecord>> sent = send(by, written);
        span.closeWith(sent);
        return sent;
    }

    private static CompletableFuture<SendResult<String, SpecificRecord>> send(
            KafkaOperations<String, SpecificRecord> by,
            ProducerRecord<String, SpecificRecord> written) {
        try {
            return by.send(written);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
