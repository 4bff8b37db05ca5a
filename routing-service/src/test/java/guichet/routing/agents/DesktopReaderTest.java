package guichet.routing.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryAvroSerializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

class DesktopReaderTest {

    private static final Map<String, Object> REGISTRY =
            Map.of("schema.registry.url", "mock://desktop-reader", "specific.avro.reader", true);

    private final RegistryAvroSerializer<SpecificRecord> writing = new RegistryAvroSerializer<>();
    private final RegistryAvroDeserializer<SpecificRecord> reading =
            new RegistryAvroDeserializer<>();
    private final ConcurrentLinkedQueue<Consumer<byte[], byte[]>> consumers =
            new ConcurrentLinkedQueue<>();
    private final Desktops desktops = new Desktops();
    private final DesktopReader reader = new DesktopReader(consumers::remove, reading, desktops);
    private final Window window = new Window();

    @BeforeEach
    void anaListens() {
        writing.configure(REGISTRY, false);
        reading.configure(REGISTRY, false);
        desktops.listen("ana", window);
    }

    @AfterEach
    void stop() {
        reader.stop();
    }

    @Test
    void itFollowsFromTheEndAndAfterAFailureGoesOnWhereItWas() {
        MockConsumer<byte[], byte[]> breaking = consumer(7);
        breaking.schedulePollTask(() -> breaking.addRecord(offer(7)));
        breaking.schedulePollTask(() -> breaking.setPollException(new KafkaException("broken")));
        MockConsumer<byte[], byte[]> next = consumer(9);
        next.schedulePollTask(() -> next.addRecord(offer(8)));

        reader.start();

        await().until(() -> window.offsets.size() >= 2);
        assertThat(window.offsets).containsExactly(7L, 8L);
    }

    @Test
    void whatNobodyCanReadIsPassedOver() {
        MockConsumer<byte[], byte[]> consumer = consumer(0);
        consumer.schedulePollTask(
                () -> {
                    consumer.addRecord(record(0, "rubbish".getBytes(UTF_8)));
                    consumer.addRecord(offer(1));
                });

        reader.start();

        await().until(() -> !window.offsets.isEmpty());
        assertThat(window.offsets).containsExactly(1L);
    }

    @Test
    void whereTheTopicNoLongerHasWhatComesNextStreamsBeginAnew() {
        MockConsumer<byte[], byte[]> consumer = consumer(7);
        reader.start();
        window.ends.clear();

        consumer.schedulePollTask(
                () ->
                        consumer.setPollException(
                                new OffsetOutOfRangeException(Map.of(DesktopReader.LINE, 7L))));

        await().until(() -> !window.ends.isEmpty());
        assertThat(window.offsets).isEmpty();
    }

    private MockConsumer<byte[], byte[]> consumer(long end) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        consumer.updateBeginningOffsets(Map.of(DesktopReader.LINE, 0L));
        consumer.updateEndOffsets(Map.of(DesktopReader.LINE, end));
        consumers.add(consumer);
        return consumer;
    }

    private ConsumerRecord<byte[], byte[]> offer(long offset) {
        return record(
                offset,
                writing.serialize(
                        Topics.DESKTOPS.name(), Desk.offer("ana", "c-1/" + (offset + 1))));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(
                Topics.DESKTOPS.name(), 0, offset, "ana".getBytes(UTF_8), value);
    }

    private static final class Window implements Desktops.Listener {

        final List<Long> offsets = new CopyOnWriteArrayList<>();
        final List<String> ends = new CopyOnWriteArrayList<>();

        @Override
        public void on(Told told) {
            offsets.add(told.offset());
        }

        @Override
        public void end() {
            ends.add("ended");
        }
    }
}
