package guichet.intake.requests;

import static guichet.intake.requests.Events.START;
import static guichet.intake.requests.Events.at;
import static guichet.intake.requests.KeptRequests.ANA;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.ChatAnswered;
import guichet.intake.requests.ErasedRequests.Erasure;
import guichet.schemas.Contract;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryAvroSerializer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Reads as a consumer of a group does, into a real PostgreSQL. */
class ProjectionTest {

    private static final TopicPartition CHATS = new TopicPartition(Topics.CHATS.name(), 0);
    private static final TopicPartition ERASURES = new TopicPartition(Topics.ERASURES.name(), 0);
    private static final TopicPartition TICKETS = new TopicPartition(Topics.TICKETS.name(), 0);
    private static final Map<String, Object> REGISTRY =
            Map.of(
                    "schema.registry.url", "mock://requests",
                    "specific.avro.reader", true,
                    "value.subject.name.strategy",
                            "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");

    private static KeptRequests kept;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Projection projection = projection();
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final List<Double> lags = new ArrayList<>();
    private boolean nothingFetched;
    private final MockConsumer<byte[], byte[]> consumer =
            new MockConsumer<>("earliest") {
                @Override
                public OptionalLong currentLag(TopicPartition partition) {
                    return nothingFetched ? OptionalLong.empty() : super.currentLag(partition);
                }
            };

    @BeforeAll
    static void open() throws InterruptedException {
        kept = KeptRequests.open();
    }

    @AfterAll
    static void close() throws InterruptedException {
        kept.close();
    }

    @BeforeEach
    void onABroker() {
        kept.clear();
        kept.progress().nextOffset(ERASURES);
        kept.progress().current(List.of(ERASURES));
        Projection.TOPICS.forEach(topic -> consumer.updatePartitions(topic.name(), List.of()));
        consumer.updateBeginningOffsets(Map.of(CHATS, 0L, ERASURES, 0L));
        consumer.updateEndOffsets(Map.of(CHATS, 0L, ERASURES, 0L));
    }

    @Test
    void readsNothingOfRequestsBeforeAllErasuresAreKnown() {
        kept.clear();
        steps.add(() -> consumer.rebalance(List.of(CHATS, ERASURES)));
        steps.add(() -> add(0, Events.chat("c", "ana", 0)));
        steps.add(
                () -> {
                    assertThat(kept.rows()).isEmpty();
                    kept.progress().current(List.of(ERASURES));
                });

        read();

        assertThat(kept.of(ANA, "c").state()).isEqualTo(RequestState.WAITING);
    }

    @Test
    void readsWhatItIsAssignedAndNotesHowFar() {
        assigned();
        steps.add(() -> add(0, Events.chat("c", "ana", 0)));
        steps.add(() -> add(1, new ChatAnswered("c", at(1), "agent-1")));

        read();

        assertThat(kept.of(ANA, "c").state()).isEqualTo(RequestState.ANSWERED);
        assertThat(kept.progress().nextOffset(CHATS)).isEqualTo(2);
    }

    @Test
    void goesOnWhereAnotherCopyHasStopped() {
        kept.progress().nextOffset(CHATS);
        kept.progress().advance(List.of(), List.of(new Progress.Advance(CHATS, 0, 5)));
        assigned();
        steps.add(() -> add(5, Events.chat("c", "ana", 0)));

        read();

        assertThat(kept.of(ANA, "c").state()).isEqualTo(RequestState.WAITING);
        assertThat(kept.progress().nextOffset(CHATS)).isEqualTo(6);
    }

    @Test
    void whoWasOvertakenLooksWhereToGoOn() {
        assigned();
        steps.add(
                () -> {
                    kept.progress().advance(List.of(), List.of(new Progress.Advance(CHATS, 0, 5)));
                    add(0, Events.chat("old", "ana", 0));
                });
        steps.add(() -> add(5, Events.chat("new", "ana", 0)));

        read();

        assertThat(kept.requests().find("old", ANA)).isEmpty();
        assertThat(kept.of(ANA, "new").state()).isEqualTo(RequestState.WAITING);
        assertThat(kept.progress().nextOffset(CHATS)).isEqualTo(6);
    }

    @Test
    void recordsThatAreNoEventsStopNothing() {
        assigned();
        steps.add(
                () -> {
                    add(0, "key", "rubbish".getBytes(UTF_8));
                    add(1, "key", null);
                    add(2, "another", bytes(Events.chat("c", "ana", 0)));
                    add(3, Events.chat("endless", "a".repeat(501), 0));
                    add(4, Events.chat("c", "ana", 0));
                });

        read();

        assertThat(kept.of(ANA, "c").state()).isEqualTo(RequestState.WAITING);
        assertThat(kept.progress().nextOffset(CHATS)).isEqualTo(5);
        assertThat(meters.get(ProjectionMeters.IGNORED).counter().count()).isEqualTo(3);
    }

    @Test
    void whatCannotBeReadIsKnownToBeThereAllTheSame() {
        String id = new UUID(7, 1).toString();
        assigned(TICKETS);
        steps.add(() -> add(TICKETS, 0, id, "rubbish".getBytes(UTF_8)));

        read();

        assertThat(kept.withoutRecord(Set.of(new UUID(7, 1), new UUID(7, 2)), 1))
                .containsExactly(new UUID(7, 2));
    }

    @Test
    void ticketsAreReadToTheirEndWhereTheBrokerSaysSoAndNotBefore() {
        assigned(TICKETS);
        consumer.updateEndOffsets(Map.of(TICKETS, 1L));

        read();

        assertThat(kept.withoutRecord(Set.of(new UUID(7, 1)), 1)).isEmpty();
    }

    @Test
    void anErasureThatCannotBeReadIsNoRequest() {
        kept.clear();
        assigned(ERASURES);
        steps.add(() -> add(ERASURES, 0, new UUID(7, 1).toString(), "rubbish".getBytes(UTF_8)));

        read();

        assertThat(kept.rows()).isEmpty();
        assertThat(kept.progress().nextOffset(ERASURES)).isEqualTo(1);
    }

    @Test
    void ticketsAreNotReadToTheirEndBeforeAllErasuresAreKnown() {
        kept.clear();
        assigned(TICKETS);

        read();

        assertThat(kept.withoutRecord(Set.of(new UUID(7, 1)), 1)).isEmpty();
    }

    @Test
    void anErasureIsDoneWhenTheBrokerSaysThatAllIsRead() {
        int anHourAgo = (int) Duration.between(START, Instant.now()).toSeconds() - 3_600;
        kept.progress().nextOffset(CHATS);
        kept.writer().apply(Changes.of(Events.erasure("e", anHourAgo, "somebody"), 0));
        assertThat(kept.erasures().erasures(1)).extracting(Erasure::done).containsExactly(false);
        assigned();

        read();

        assertThat(kept.erasures().erasures(1)).extracting(Erasure::done).containsExactly(true);
    }

    @Test
    void theLagIsNoNumberBeforeThisCopyKnowsWhatItReads() {
        steps.add(() -> {});
        steps.add(this::noteLag);
        assigned();
        steps.add(this::noteLag);

        read();

        assertThat(lags).containsExactly(Double.NaN, 0.0);
    }

    @Test
    void theLagIsNoNumberBeforeAllErasuresAreKnown() {
        kept.clear();
        kept.progress().nextOffset(ERASURES);
        assigned();
        steps.add(
                () -> {
                    noteLag();
                    kept.progress().current(List.of(ERASURES));
                });
        steps.add(this::noteLag);

        read();

        assertThat(lags).containsExactly(Double.NaN, 0.0);
    }

    @Test
    void theLagIsNoNumberBeforeAnythingIsFetched() {
        nothingFetched = true;
        assigned();
        steps.add(
                () -> {
                    noteLag();
                    nothingFetched = false;
                });
        steps.add(this::noteLag);

        read();

        assertThat(lags).containsExactly(Double.NaN, 0.0);
    }

    @Test
    void theLagIsNoNumberWhileTheBrokerDoesNotAnswer() {
        consumer.setOffsetsException(new TimeoutException("away, as the test asked"));
        assigned();
        steps.add(this::noteLag);

        read();

        assertThat(lags).containsExactly(Double.NaN);
    }

    @Test
    void theLagIsWhatIsNotReadYet() {
        assigned();
        consumer.updateEndOffsets(Map.of(CHATS, 3L));
        steps.add(this::noteLag);

        read();

        assertThat(lags).containsExactly(3.0);
        assertThat(lag()).as("nothing is read any more").isNaN();
    }

    private void noteLag() {
        lags.add(lag());
    }

    private double lag() {
        return meters.get(ProjectionMeters.LAG).gauge().value();
    }

    private void assigned() {
        assigned(CHATS);
    }

    private void assigned(TopicPartition partition) {
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 0L));
        steps.add(() -> consumer.rebalance(List.of(partition)));
    }

    private void add(long offset, SpecificRecord event) {
        add(offset, Contract.keyOf(event), bytes(event));
    }

    private void add(long offset, String key, byte[] value) {
        add(CHATS, offset, key, value);
    }

    private void add(TopicPartition partition, long offset, String key, byte[] value) {
        consumer.addRecord(
                new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        offset,
                        START.plusSeconds(60).toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        key.getBytes(UTF_8),
                        value,
                        new RecordHeaders(),
                        Optional.empty()));
        consumer.updateEndOffsets(Map.of(partition, offset + 1));
    }

    /** Each step happens in a poll of its own, and one poll follows the last. */
    private void read() {
        steps.add(() -> {});
        int polls = steps.size();
        steps.forEach(consumer::schedulePollTask);
        int[] left = {polls + 1};
        projection.read(consumer, () -> left[0]-- > 0);
    }

    private static byte[] bytes(SpecificRecord event) {
        try (RegistryAvroSerializer<SpecificRecord> events = new RegistryAvroSerializer<>()) {
            events.configure(REGISTRY, false);
            return events.serialize(CHATS.topic(), event);
        }
    }

    private Projection projection() {
        RegistryAvroDeserializer<SpecificRecord> events = new RegistryAvroDeserializer<>();
        events.configure(REGISTRY, false);
        return new Projection(
                kept.progress(),
                kept.writer(),
                kept.erasures(),
                events,
                new ProjectionMeters(meters),
                Duration.ZERO);
    }
}
