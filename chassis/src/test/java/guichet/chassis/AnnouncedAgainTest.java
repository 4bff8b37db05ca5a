package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.Channel;
import guichet.events.ClosureAnnounced;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryAvroSerializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AnnouncedAgainTest {

    private static final Instant NOON = Instant.parse("2026-01-07T12:00:00Z");

    private static final TopicPartition PARTITION = new TopicPartition(Topics.CLOSURES.name(), 0);

    private static final Map<String, Object> REGISTRY =
            Map.of("schema.registry.url", "mock://announced-again", "specific.avro.reader", true);

    private final RegistryAvroSerializer<SpecificRecord> writing = new RegistryAvroSerializer<>();
    private final RegistryAvroDeserializer<SpecificRecord> reading =
            new RegistryAvroDeserializer<>();
    private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();

    @BeforeEach
    void configure() {
        writing.configure(REGISTRY, false);
        reading.configure(REGISTRY, false);
    }

    @Test
    void aClosureThatIsAnnouncedAgainHasBeenAnnouncedSinceTheFirstTime() throws Exception {
        announce(NOON, "a drill");
        announce(NOON.plusSeconds(600), "a drill");

        assertThat(read().announcedAt()).isEqualTo(NOON);
    }

    @Test
    void aClosureThatIsAnnouncedOtherwiseIsAnotherFromThenOn() throws Exception {
        announce(NOON, "a drill");
        announce(NOON.plusSeconds(600), "a fire");

        assertThat(read().announcedAt()).isEqualTo(NOON.plusSeconds(600));
    }

    @Test
    void aClosureThatIsAnnouncedAgainAfterItWasCalledOffStandsFromThenOn() throws Exception {
        announce(NOON, "a drill");
        record(NOON.plusSeconds(300), null);
        announce(NOON.plusSeconds(600), "a drill");

        Announcements.Notice notice = read();

        assertThat(notice.announcedAt()).isEqualTo(NOON.plusSeconds(600));
        assertThat(notice.calledOffAt()).isEmpty();
    }

    private Announcements.Notice read() throws InterruptedException {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        consumer.updatePartitions(
                PARTITION.topic(),
                List.of(new PartitionInfo(PARTITION.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) log.size()));
        consumer.schedulePollTask(() -> log.forEach(consumer::addRecord));
        try (AnnouncedClosures closures = new AnnouncedClosures(() -> consumer, reading)) {
            closures.start(Duration.ofSeconds(30));
            return closures.board().closures().get("drill");
        }
    }

    private void announce(Instant at, String reason) {
        record(
                at,
                writing.serialize(
                        PARTITION.topic(),
                        ClosureAnnounced.newBuilder()
                                .setClosureId("drill")
                                .setAnnouncedAt(at)
                                .setStartsAt(NOON.plusSeconds(3_600))
                                .setEndsAt(NOON.plusSeconds(7_200))
                                .setChannels(List.of(Channel.CHAT))
                                .setReason(reason)
                                .setAnnouncedBy("sam")
                                .build()));
    }

    private void record(Instant at, byte @Nullable [] value) {
        log.add(
                new ConsumerRecord<>(
                        PARTITION.topic(),
                        PARTITION.partition(),
                        log.size(),
                        at.toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        ConsumerRecord.NULL_SIZE,
                        ConsumerRecord.NULL_SIZE,
                        "drill".getBytes(UTF_8),
                        value,
                        new RecordHeaders(),
                        Optional.empty()));
    }
}
