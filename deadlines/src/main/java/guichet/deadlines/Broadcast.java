package guichet.deadlines;

import org.apache.kafka.common.TopicPartition;

import java.util.Set;

/**
 * Inputs that all tasks of a process depend on and a reader of its own reads for them, such as a
 * small compacted topic. Any thread may ask.
 */
public interface Broadcast {

    /** The partitions that are read. */
    Set<TopicPartition> partitions();

    /** The offset after the last record whose effect the tasks can see. */
    long position(TopicPartition partition);
}
