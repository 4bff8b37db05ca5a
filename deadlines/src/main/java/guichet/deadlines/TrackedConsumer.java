package guichet.deadlines;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A stream thread's consumer, the offset of the last record that it has handed over for each
 * partition, and where the logs end. Used by that thread alone.
 */
final class TrackedConsumer {

    static final long NOTHING = -1;

    private final Consumer<byte[], byte[]> consumer;
    private final LogEnds ends;
    private final Map<TopicPartition, Long> lastPolled = new HashMap<>();

    /**
     * @param broadcast read by another consumer; where its logs end is asked for as well
     */
    TrackedConsumer(Consumer<byte[], byte[]> consumer, Broadcast broadcast, LogEnds.Broker broker) {
        this.consumer = consumer;
        this.ends =
                new LogEnds(
                        () -> {
                            Set<TopicPartition> all = new HashSet<>(consumer.assignment());
                            all.addAll(broadcast.partitions());
                            return all;
                        },
                        broker);
    }

    LogEnds ends() {
        return ends;
    }

    /** Whether all before that offset has been fetched; markers of transactions count. */
    boolean hasFetched(TopicPartition partition, long offset) {
        try {
            return consumer.position(partition, Duration.ZERO) >= offset;
        } catch (TimeoutException | InvalidOffsetException notYet) {
            return false;
        }
    }

    /**
     * Where a log ended when its leader last answered this consumer, which sees to it that it is
     * nobody but the leader it knows of; empty until one has, once the partition is assigned. Open
     * transactions and what is behind them do not count.
     */
    OptionalLong endOfCommitted(TopicPartition partition) {
        try {
            long position = consumer.position(partition, Duration.ZERO);
            OptionalLong lag = consumer.currentLag(partition);
            return lag.isPresent() ? OptionalLong.of(position + lag.getAsLong()) : lag;
        } catch (TimeoutException | InvalidOffsetException notYet) {
            return OptionalLong.empty();
        }
    }

    void polled(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> batch = records.records(partition);
            lastPolled.put(partition, batch.getLast().offset());
            batch.getLast().leaderEpoch().ifPresent(epoch -> ends.heardOfLeader(partition, epoch));
        }
    }

    /**
     * Offset of the last record handed over since the task was opened, {@link #NOTHING} if none.
     */
    long lastPolled(TopicPartition partition) {
        return lastPolled.getOrDefault(partition, NOTHING);
    }

    /** Called when a task is opened: what an earlier owner was handed is read again or was done. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(lastPolled::remove);
    }
}
