package guichet.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

class InputProgressTest {

    private static final TopicPartition CHATS = new TopicPartition("chats", 2);
    private static final TopicPartition TICKETS = new TopicPartition("tickets", 2);
    private static final TopicPartition CLOSURES = new TopicPartition("closures", 0);

    private final MockConsumer<byte[], byte[]> consumer =
            new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private int leaderEpoch;
    private Function<TopicPartition, Future<LogEnds.End>> answer = this::end;
    private final MockClock clock = new MockClock();
    private final MeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final AtomicLong broadcastPosition = new AtomicLong();
    private final TrackedConsumer tracked =
            new TrackedConsumer(
                    consumer,
                    new Closures(),
                    asked -> asked.stream().collect(Collectors.toMap(Function.identity(), answer)));
    private final Knowledge knowledge =
            new InputProgress(
                    new TaskId(0, 2),
                    Set.of(CHATS, TICKETS),
                    new Closures(),
                    () -> tracked,
                    meters);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(CHATS, TICKETS));
        consumer.updateBeginningOffsets(Map.of(CHATS, 0L, TICKETS, 0L));
    }

    @Test
    void knowsEverythingAtOnceWhenTheInputsAreQuiet() {
        assertThat(knowledge.until(1_000)).isEqualTo(1_000);
    }

    @Test
    void knowsNothingNewWhileARecordIsNotYetFetched() {
        ends.put(CHATS, 1L);

        assertThat(knowledge.until(1_000)).isLessThan(1_000);
    }

    @Test
    void knowsNothingNewWhileAFetchedRecordIsNotYetProcessed() {
        append(CHATS, 0);
        ends.put(CHATS, 1L);
        poll();
        assertThat(knowledge.until(1_000)).isLessThan(1_000);

        knowledge.read(metadata(CHATS, 0));

        assertThat(knowledge.until(1_050)).isEqualTo(1_050);
    }

    @Test
    void doesNotWaitForRecordsThatCameAfterItAsked() {
        append(CHATS, 0);
        ends.put(CHATS, 1L);
        knowledge.until(1_000);
        append(CHATS, 1);
        ends.put(CHATS, 2L);
        poll();

        knowledge.read(metadata(CHATS, 0));

        assertThat(knowledge.until(1_050)).isEqualTo(1_000);
    }

    @Test
    void getsOnThroughABacklogThatGrowsForLongerThanAQuestionIsGood() {
        append(CHATS, 0);
        ends.put(CHATS, 1L);
        knowledge.until(1_000);
        ends.put(CHATS, 500L);
        knowledge.until(40_000);
        poll();

        knowledge.read(metadata(CHATS, 0));

        assertThat(knowledge.until(40_050)).isEqualTo(1_000);
    }

    @Test
    void passesATransactionMarkerThatNoRecordShows() {
        append(CHATS, 0);
        poll();
        knowledge.read(metadata(CHATS, 0));
        consumer.seek(CHATS, 2);
        ends.put(CHATS, 2L);

        assertThat(knowledge.until(1_000)).isEqualTo(1_000);
    }

    @Test
    void startsAfreshWithATaskThatIsOpenedAgain() {
        append(CHATS, 0);
        ends.put(CHATS, 1L);
        poll();

        tracked.forget(Set.of(CHATS, TICKETS));

        assertThat(knowledge.until(1_000)).isEqualTo(1_000);
    }

    @Test
    void knowsNothingOfTimesThatComeAgainWhenTheClockIsPutBack() {
        knowledge.until(1_000);
        ends.put(CHATS, 1L);

        assertThat(knowledge.until(400)).isLessThan(400);

        append(CHATS, 0);
        poll();
        knowledge.read(metadata(CHATS, 0));
        assertThat(knowledge.until(450)).isEqualTo(450);
    }

    @Test
    void waitsForWhatAnotherConsumerReadsForAllTasks() {
        ends.put(CLOSURES, 3L);
        broadcastPosition.set(2);
        assertThat(knowledge.until(1_000)).isLessThan(1_000);

        broadcastPosition.set(3);
        assertThat(knowledge.until(1_050)).isEqualTo(1_050);
    }

    @Test
    void tellsHowFarItLagsBehindNowUntilItIsClosed() {
        assertThat(lag()).isNaN();
        clock.addSeconds(7);
        knowledge.until(clock.wallTime() - 2_500);
        assertThat(lag()).isEqualTo(2.5);

        knowledge.close();
        assertThat(meters.find(DeadlineMeters.KNOWLEDGE_LAG).gauge()).isNull();
    }

    private double lag() {
        return meters.get(DeadlineMeters.KNOWLEDGE_LAG).tag("task", "0_2").gauge().value();
    }

    @Test
    void keepsWhatItKnewWhileTheBrokerDoesNotAnswerAndAsksAgainWhenItRefuses() {
        knowledge.until(1_000);

        answer = none -> new CompletableFuture<>();
        assertThat(knowledge.until(2_000)).isEqualTo(1_000);

        answer = none -> CompletableFuture.failedFuture(new TimeoutException("no broker"));
        assertThat(knowledge.until(60_000)).isEqualTo(1_000);

        answer = this::end;
        assertThat(knowledge.until(60_100)).isEqualTo(60_100);
    }

    @Test
    void goesByTheNewEndWhereANewLeaderHasCutALogShort() {
        ends.put(CHATS, 9L);
        assertThat(knowledge.until(1_000)).isLessThan(1_000);

        leaderEpoch = 1;
        ends.put(CHATS, 0L);

        assertThat(knowledge.until(1_050)).isEqualTo(1_050);
    }

    /** One that was cut off, and is back, goes on answering for a while. */
    @Test
    void knowsWhatTheNewLeaderHasBeforeItGoesByWhatTheOldOneSays() {
        append(CHATS, 0);
        ends.put(CHATS, 1L);
        knowledge.until(1_000);
        leaderEpoch = 1;
        append(CHATS, 1);
        poll();
        leaderEpoch = 0;

        knowledge.read(metadata(CHATS, 0));
        assertThat(knowledge.until(1_050)).isLessThan(1_000);

        leaderEpoch = 1;
        ends.put(CHATS, 2L);
        assertThat(knowledge.until(1_100)).isLessThan(1_000);
        knowledge.read(metadata(CHATS, 1));
        assertThat(knowledge.until(1_150)).isEqualTo(1_150);
    }

    /** A task that is opened anew may begin at the very end that the old leader tells. */
    @Test
    void waitsForWhatTheConsumersOwnLeaderHasWhereTheOldOneHasNoMore() {
        append(CHATS, 0);
        consumer.updateEndOffsets(Map.of(CHATS, 1L));
        assertThat(knowledge.until(1_000)).isLessThan(1_000);

        poll();
        knowledge.read(metadata(CHATS, 0));

        assertThat(knowledge.until(1_050)).isEqualTo(1_050);
    }

    private Future<LogEnds.End> end(TopicPartition partition) {
        return CompletableFuture.completedFuture(
                new LogEnds.End(ends.getOrDefault(partition, 0L), leaderEpoch));
    }

    private void append(TopicPartition partition, long offset) {
        consumer.addRecord(
                new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        offset,
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        new byte[0],
                        new byte[0],
                        new RecordHeaders(),
                        Optional.of(leaderEpoch)));
    }

    private void poll() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ZERO);
        tracked.polled(records);
    }

    private final class Closures implements Broadcast {

        @Override
        public Set<TopicPartition> partitions() {
            return Set.of(CLOSURES);
        }

        @Override
        public long position(TopicPartition partition) {
            return broadcastPosition.get();
        }
    }

    private static RecordMetadata metadata(TopicPartition partition, long offset) {
        return new RecordMetadata() {
            @Override
            public String topic() {
                return partition.topic();
            }

            @Override
            public int partition() {
                return partition.partition();
            }

            @Override
            public long offset() {
                return offset;
            }
        };
    }
}
