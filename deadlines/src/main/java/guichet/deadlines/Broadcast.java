package guichet.deadlines;

import org.apache.kafka.common.TopicPartition;

import java.util.Set;

/**
 * Topics that every task goes by and none reads: another consumer of the process reads them whole.
 * A deadline that fires on the truth waits for that consumer too.
 *
 * <p>Called on the stream threads, at ticks: neither method may wait.
 */
public interface Broadcast {

    /** The partitions that are read; the same ones always, also while nothing has been read yet. */
    Set<TopicPartition> partitions();

    /**
     * How far tasks can see into a partition.
     *
     * @return the offset before which every record has taken effect: the consumer's position, which
     *     counts transaction markers and what compaction removed, taken once all it handed over has
     *     been applied
     */
    long position(TopicPartition partition);

    /** For tasks that go by nothing but what they read. */
    static Broadcast none() {
        return new Broadcast() {
            @Override
            public Set<TopicPartition> partitions() {
                return Set.of();
            }

            @Override
            public long position(TopicPartition partition) {
                throw new IllegalArgumentException(partition + " is not read");
            }
        };
    }
}
