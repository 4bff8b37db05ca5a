package guichet.routing.agents;

import static guichet.routing.agents.DesktopReader.LINE;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.door.LogUnavailable;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The history that {@code support.desktops} keeps, read with a consumer opened for the purpose. */
final class KafkaDesktopHistory implements DesktopHistory {

    private static final Logger log = LoggerFactory.getLogger(KafkaDesktopHistory.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Deserializer<SpecificRecord> events;

    KafkaDesktopHistory(
            Supplier<Consumer<byte[], byte[]>> consumers, Deserializer<SpecificRecord> events) {
        this.consumers = consumers;
        this.events = events;
    }

    @Override
    public void read(String agentId, Start start, long until, Reader reader) throws IOException {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(List.of(LINE));
            long position =
                    switch (start) {
                        case Start.After(long offset) -> after(offset, consumer);
                        case Start.Since(Instant instant) -> since(instant, until, consumer);
                    };
            consumer.seek(LINE, position);
            read(agentId.getBytes(UTF_8), until, consumer, reader);
        } catch (KafkaException e) {
            throw new LogUnavailable(e);
        }
    }

    private static long after(long offset, Consumer<byte[], byte[]> consumer) {
        if (offset >= only(consumer.endOffsets(List.of(LINE), PATIENCE))) {
            throw AgentProblems.unknownEvent();
        }
        if (offset + 1 < only(consumer.beginningOffsets(List.of(LINE), PATIENCE))) {
            throw AgentProblems.eventsGone();
        }
        return offset + 1;
    }

    private static long only(Map<TopicPartition, Long> offsets) {
        return offsets.values().iterator().next();
    }

    private static long since(Instant instant, long until, Consumer<byte[], byte[]> consumer) {
        OffsetAndTimestamp first =
                consumer.offsetsForTimes(Map.of(LINE, instant.toEpochMilli()), PATIENCE).get(LINE);
        return first == null ? until : first.offset();
    }

    private void read(byte[] key, long until, Consumer<byte[], byte[]> consumer, Reader reader)
            throws IOException {
        while (consumer.position(LINE, PATIENCE) < until) {
            long before = consumer.position(LINE, PATIENCE);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                if (record.offset() < until && Arrays.equals(key, record.key())) {
                    show(record, reader);
                }
            }
            if (consumer.position(LINE, PATIENCE) == before) {
                throw new TimeoutException(LINE + " cannot be read further than " + before);
            }
        }
    }

    private void show(ConsumerRecord<byte[], byte[]> record, Reader reader) throws IOException {
        SpecificRecord event;
        try {
            event = events.deserialize(record.topic(), record.value());
        } catch (SerializationException unreadable) {
            log.warn("{} offset {} is passed over", LINE, record.offset(), unreadable);
            return;
        }
        if (event != null) {
            reader.on(new Told(record.offset(), event));
        }
    }
}
