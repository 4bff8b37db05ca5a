package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.Channel;
import guichet.events.ClosureAnnounced;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AnnouncedClosuresTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final TopicPartition PARTITION = new TopicPartition(Topics.CLOSURES.name(), 0);
    private static final byte[] READABLE = {1};
    private static final byte[] UNREADABLE = {0};

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final AnnouncedClosures closures =
            new AnnouncedClosures(() -> consumer, AnnouncedClosuresTest::read);

    private long offset;

    @BeforeEach
    void start() throws InterruptedException {
        Node node = new Node(1, "localhost", 9092);
        Node[] replicas = {node};
        consumer.updatePartitions(
                PARTITION.topic(),
                List.of(new PartitionInfo(PARTITION.topic(), 0, node, replicas, replicas)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        assertThat(closures.startWithin(Duration.ofSeconds(10))).isTrue();
    }

    @AfterEach
    void close() throws InterruptedException {
        closures.close();
    }

    @Test
    void tellsThatAClosureIsCalledOffOfWhichNothingCouldBeRead() {
        write(UNREADABLE);
        await().until(() -> closures.board().unreadable().contains("closure"));

        write(null);

        await().until(() -> closures.board().unreadable().isEmpty());
        assertThat(closures.board().closures()).isEmpty();
    }

    @Test
    void tellsThatAnAnnouncementCanBeReadAgainThatSaysWhatStood() {
        write(READABLE);
        write(UNREADABLE);
        await().until(() -> closures.board().unreadable().contains("closure"));

        write(READABLE);

        await().until(() -> closures.board().unreadable().isEmpty());
        assertThat(closures.board().closures()).containsOnlyKeys("closure");
    }

    private void write(byte @Nullable [] value) {
        consumer.addRecord(
                new ConsumerRecord<>(
                        PARTITION.topic(),
                        PARTITION.partition(),
                        offset++,
                        NOON.toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        "closure".getBytes(UTF_8),
                        value,
                        new RecordHeaders(),
                        Optional.empty()));
    }

    private static SpecificRecord read(String topic, byte[] value) {
        if (value[0] == UNREADABLE[0]) {
            throw new SerializationException("no wire format");
        }
        return ClosureAnnounced.newBuilder()
                .setClosureId("closure")
                .setAnnouncedAt(NOON)
                .setStartsAt(NOON.plusSeconds(60))
                .setEndsAt(NOON.plusSeconds(120))
                .setChannels(List.of(Channel.CHAT))
                .setReason("a meeting")
                .setAnnouncedBy("demo-supervisor")
                .build();
    }
}
