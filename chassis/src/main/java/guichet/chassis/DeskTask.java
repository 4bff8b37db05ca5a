package guichet.chassis;

import guichet.deadlines.Deadline;
import guichet.deadlines.Deadlines;
import guichet.schemas.Topic;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.StateStore;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One partition's share of a service: it is shown every event of that partition, in order, and
 * answers with events of its own. What it reads, keeps and writes commits together or not at all.
 */
@FunctionalInterface
public interface DeskTask {

    /** Takes note of an event that keeps to the contract of its topic. */
    void on(SpecificRecord event);

    /** The partition moves elsewhere, or the service stops. */
    default void close() {}

    /** Opens the task of a partition over what its stores hold. */
    @FunctionalInterface
    interface Factory {
        DeskTask open(Context context);
    }

    /** What a task works with. */
    interface Context {

        /** A store that the topology was given. */
        <S extends StateStore> S store(String name);

        /** Opens the deadlines of that name, whose stores the topology was given. */
        Deadlines deadlines(String name, Consumer<Deadline> reached);

        /** Does some bounded work over and over, on the task's thread; it commits with the rest. */
        void every(Duration interval, Runnable work);

        /** The wall clock, for housekeeping; what a task decides depends on event times alone. */
        Instant now();

        /** Everything that was recorded before this instant has been read; never after now. */
        Instant knownUntil();

        /**
         * Writes an event.
         *
         * @param topic one of the topology's outputs
         * @param when it happened: the record's timestamp
         */
        void emit(Topic topic, SpecificRecord event, Instant when);
    }
}
