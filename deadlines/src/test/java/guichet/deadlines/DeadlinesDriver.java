package guichet.deadlines;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Deadlines in a real topology, over RocksDB, with the wall clock in the test's hand. */
final class DeadlinesDriver implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-06T12:00:00Z");
    static final Duration TICK = Duration.ofMillis(100);

    private final List<Deadline> fired = new ArrayList<>();
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, String> commands;
    private long knownUntil = Long.MAX_VALUE;
    private Deadlines deadlines;
    private Consumer<Deadline> whenReached = deadline -> {};

    DeadlinesDriver(int batch) {
        Topology topology = new Topology();
        topology.addSource(
                "in", Serdes.String().deserializer(), Serdes.String().deserializer(), "commands");
        topology.addProcessor("timers", new Timers(batch), "in");
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "deadlines-" + UUID.randomUUID());
        driver = new TopologyTestDriver(topology, settings, START);
        commands =
                driver.createInputTopic(
                        "commands", Serdes.String().serializer(), Serdes.String().serializer());
        commands.pipeInput("open", "");
    }

    void schedule(String owner, String kind, Instant due) {
        deadlines.schedule(owner, kind, due);
    }

    void cancel(String owner, String kind) {
        deadlines.cancel(owner, kind);
    }

    /** Closes the deadlines as a processor does whose task is closed, or about to be revived. */
    void closeDeadlines() {
        deadlines.close();
    }

    void whenReached(Consumer<Deadline> action) {
        whenReached = action;
    }

    /** From now on the task has read only what was recorded until then. */
    void knowOnlyUntil(Instant known) {
        knownUntil = known.toEpochMilli();
    }

    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** Reached since last asked, in order. */
    List<Deadline> reached() {
        List<Deadline> reached = List.copyOf(fired);
        fired.clear();
        return reached;
    }

    @Override
    public void close() {
        driver.close();
    }

    private final class Timers implements ProcessorSupplier<String, String, Void, Void> {

        private final int batch;

        Timers(int batch) {
            this.batch = batch;
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Deadlines.stores("timers");
        }

        @Override
        public Processor<String, String, Void, Void> get() {
            return new Processor<>() {
                @Override
                public void init(ProcessorContext<Void, Void> context) {
                    deadlines =
                            new Deadlines(
                                    context,
                                    "timers",
                                    new Deadlines.Pace(TICK, batch),
                                    knowledge(context.taskId()),
                                    deadline -> {
                                        fired.add(deadline);
                                        whenReached.accept(deadline);
                                    });
                }

                @Override
                public void process(Record<String, String> command) {}
            };
        }
    }

    private Knowledge knowledge(TaskId task) {
        return new Knowledge() {
            @Override
            public void read(RecordMetadata record) {}

            @Override
            public long until(long now) {
                return Math.min(now, knownUntil);
            }
        };
    }
}
