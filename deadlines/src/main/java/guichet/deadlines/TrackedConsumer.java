package guichet.deadlines;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream thread's consumer, and the offset of the last record that it has handed over for each
 * partition. Used by that thread alone.
 */
final class TrackedConsumer {

    static final long NOTHING = -1;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> lastPolled = new HashMap<>();

    TrackedConsumer(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    void polled(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> batch = records.records(partition);
            lastPolled.put(partition, batch.getLast().offset());
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
