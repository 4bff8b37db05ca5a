package guichet.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

class InputProgressTest {

    private static final TopicPartition CHATS = new TopicPartition("chats", 2);
    private static final TopicPartition TICKETS = new TopicPartition("tickets", 2);

    private final MockConsumer<byte[], byte[]> consumer =
            new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    private final TrackedConsumer tracked = new TrackedConsumer(consumer);
    private final Knowledge knowledge = new InputProgress(Set.of(CHATS, TICKETS), () -> tracked);

    @BeforeEach
    void assign() {
        consumer.assign(List.of(CHATS, TICKETS));
        consumer.updateBeginningOffsets(Map.of(CHATS, 0L, TICKETS, 0L));
        consumer.updateEndOffsets(Map.of(CHATS, 0L, TICKETS, 0L));
    }

    @Test
    void knowsEverythingAtOnceWhenTheInputsAreQuiet() {
        assertThat(knowledge.until(1_000)).isEqualTo(1_000);
    }

    @Test
    void knowsNothingNewWhileARecordIsNotYetFetched() {
        consumer.updateEndOffsets(Map.of(CHATS, 1L, TICKETS, 0L));

        assertThat(knowledge.until(1_000)).isLessThan(1_000);
    }

    @Test
    void knowsNothingNewWhileAFetchedRecordIsNotYetProcessed() {
        append(CHATS, 0);
        consumer.updateEndOffsets(Map.of(CHATS, 1L, TICKETS, 0L));
        poll();
        assertThat(knowledge.until(1_000)).isLessThan(1_000);

        knowledge.read(metadata(CHATS, 0));

        assertThat(knowledge.until(1_050)).isEqualTo(1_000);
    }

    @Test
    void doesNotWaitForRecordsThatCameAfterItAsked() {
        append(CHATS, 0);
        consumer.updateEndOffsets(Map.of(CHATS, 1L, TICKETS, 0L));
        knowledge.until(1_000);
        append(CHATS, 1);
        poll();

        knowledge.read(metadata(CHATS, 0));

        assertThat(knowledge.until(1_050)).isEqualTo(1_000);
    }

    @Test
    void passesATransactionMarkerThatNoRecordShows() {
        append(CHATS, 0);
        poll();
        knowledge.read(metadata(CHATS, 0));
        consumer.seek(CHATS, 2);
        consumer.updateEndOffsets(Map.of(CHATS, 2L, TICKETS, 0L));

        assertThat(knowledge.until(1_000)).isEqualTo(1_000);
    }

    @Test
    void startsAfreshWithATaskThatIsOpenedAgain() {
        append(CHATS, 0);
        consumer.updateEndOffsets(Map.of(CHATS, 1L, TICKETS, 0L));
        poll();

        tracked.forget(Set.of(CHATS, TICKETS));

        assertThat(knowledge.until(1_000)).isEqualTo(1_000);
    }

    @Test
    void neverForgetsWhatItKnew() {
        knowledge.until(1_000);

        assertThat(knowledge.until(400)).isEqualTo(1_000);
    }

    @Test
    void keepsWhatItKnewWhileTheBrokerIsAway() {
        knowledge.until(1_000);
        consumer.setOffsetsException(new TimeoutException("no broker"));

        assertThat(knowledge.until(2_000)).isEqualTo(1_000);
    }

    private void append(TopicPartition partition, long offset) {
        consumer.addRecord(
                new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        offset,
                        new byte[0],
                        new byte[0]));
    }

    private void poll() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ZERO);
        tracked.polled(records);
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
