package guichet.deadlines;

import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import java.util.Collection;

/**
 * What a task knows of the past. A deadline fires on the truth only when everything that was
 * recorded before it has been read: an answer that lies unread in the log must not be missed
 * because the task was down or behind.
 */
public interface Knowledge extends AutoCloseable {

    /** Notes that a record has been read, whatever became of it. */
    void read(RecordMetadata record);

    /**
     * The instant until which the task has read every committed record of its inputs.
     *
     * @param now the wall clock, milliseconds since 1970 UTC
     * @return milliseconds since 1970 UTC, {@code now} at most, which it is when the task has
     *     caught up; never less than before, unless the clock was put back
     */
    long until(long now);

    /** The task is closed. */
    @Override
    default void close() {}

    /** Where tasks get their knowledge from. */
    @FunctionalInterface
    interface Source {

        /**
         * The knowledge of a task that has just been opened.
         *
         * @param topics all topics the task reads; it reads the partition of its own number of each
         */
        Knowledge of(TaskId task, Collection<String> topics);
    }
}
