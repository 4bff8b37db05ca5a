package guichet.deadlines;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Deadlines in a real topology, over RocksDB and its changelogs, with the wall clock in the test's
 * hand.
 */
final class DeadlinesDriver implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-06T12:00:00Z");
    static final Duration TICK = Duration.ofMillis(100);

    private static final String TIMERS = "timers";
    private static final String STORE = Deadlines.store(TIMERS);

    private final int batch;
    private final Map<String, Object> settings;
    private final MeterRegistry meters =
            new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());
    private final List<Deadline> fired = new ArrayList<>();
    private final List<KeyValue<byte[], byte[]>> committed = new ArrayList<>();
    private TopologyTestDriver driver;
    private String applicationId;
    private TestInputTopic<String, String> commands;
    private long knownUntil = Long.MAX_VALUE;
    private boolean knowsAtOnce = true;
    private int asked;
    private DeadlineStore store;
    private Deadlines deadlines;
    private Consumer<Deadlines> command = timers -> {};
    private BiConsumer<Deadlines, Deadline> whenReached = (timers, deadline) -> {};

    DeadlinesDriver(int batch) {
        this(batch, Map.of());
    }

    DeadlinesDriver(int batch, Map<String, Object> settings) {
        this.batch = batch;
        this.settings = settings;
        open(START);
    }

    private void open(Instant clock) {
        Topology topology = new Topology();
        topology.addSource(
                "in", Serdes.String().deserializer(), Serdes.String().deserializer(), "commands");
        topology.addProcessor("timers", new Timers(), "in");
        applicationId = "deadlines-" + UUID.randomUUID();
        Properties all = new Properties();
        all.putAll(settings);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        all.put(StreamsConfig.STATE_DIR_CONFIG, Path.of("target", "state").toString());
        driver = new TopologyTestDriver(topology, all, clock);
        commands =
                driver.createInputTopic(
                        "commands", Serdes.String().serializer(), Serdes.String().serializer());
        run(timers -> {});
        changes();
    }

    void schedule(String owner, String kind, Instant due) {
        run(timers -> timers.schedule(owner, kind, due));
    }

    void cancel(String owner, String kind) {
        run(timers -> timers.cancel(owner, kind));
    }

    void run(Consumer<Deadlines> what) {
        command = what;
        commands.pipeInput("", "");
    }

    /** Closes the deadlines as a processor does whose task is closed, or about to be revived. */
    void closeDeadlines() {
        deadlines.close();
    }

    void whenReached(BiConsumer<Deadlines, Deadline> action) {
        whenReached = action;
    }

    /** From now on the task has read only what was recorded until then. */
    void knowOnlyUntil(Instant known) {
        knownUntil = known.toEpochMilli();
    }

    /** From now on the task knows what it asked for at the look before, as in production. */
    void knowOnlyWhatWasAskedForBefore() {
        knowsAtOnce = false;
    }

    /** How often the deadlines have asked what is known. */
    int asked() {
        return asked;
    }

    MeterRegistry meters() {
        return meters;
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

    /** Where the next owner of the task would begin to look, milliseconds since 1970 UTC. */
    long mark() {
        byte[] mark = driver.<Bytes, byte[]>getKeyValueStore(STORE).get(DeadlineKeys.MARK);
        return mark == null ? Long.MIN_VALUE : DeadlineKeys.instant(mark);
    }

    void commit() {
        committed.addAll(changes());
    }

    /** How many records have been committed to the changelog. */
    int logged() {
        return committed.size();
    }

    /** Loses all since the last commit and opens the task anew from its changelogs. */
    void crash(Instant clock) {
        driver.close();
        fired.clear();
        open(clock);
    }

    /** Of each key only the last is left, as when the broker has cleaned the changelog. */
    void compact() {
        Map<Bytes, KeyValue<byte[], byte[]>> last = new LinkedHashMap<>();
        for (KeyValue<byte[], byte[]> change : committed) {
            Bytes key = Bytes.wrap(change.key);
            last.remove(key);
            last.put(key, change);
        }
        committed.clear();
        committed.addAll(last.values());
    }

    private List<KeyValue<byte[], byte[]>> changes() {
        String changelog = applicationId + "-" + STORE + "-changelog";
        return driver.producedTopicNames().contains(changelog)
                ? driver.createOutputTopic(
                                changelog,
                                Serdes.ByteArray().deserializer(),
                                Serdes.ByteArray().deserializer())
                        .readKeyValuesToList()
                : List.of();
    }

    @Override
    public void close() {
        driver.close();
    }

    private final class Timers implements ProcessorSupplier<String, String, Void, Void> {

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    DeadlineStore.builder(
                            new KeyValueBytesStoreSupplier() {
                                @Override
                                public String name() {
                                    return STORE;
                                }

                                @Override
                                public KeyValueStore<Bytes, byte[]> get() {
                                    store = new DeadlineStore(STORE);
                                    return store;
                                }

                                @Override
                                public String metricsScope() {
                                    return "rocksdb";
                                }
                            }));
        }

        @Override
        public Processor<String, String, Void, Void> get() {
            return new Processor<>() {
                @Override
                public void init(ProcessorContext<Void, Void> context) {
                    store.restore(committed);
                    deadlines =
                            new Deadlines(
                                    context,
                                    TIMERS,
                                    new Deadlines.Pace(TICK, batch),
                                    new GivenKnowledge(),
                                    meters,
                                    DeadlinesDriver.this::reach);
                }

                @Override
                public void process(Record<String, String> none) {
                    command.accept(deadlines);
                }
            };
        }
    }

    private void reach(Deadline deadline) {
        fired.add(deadline);
        whenReached.accept(deadlines, deadline);
    }

    private final class GivenKnowledge implements Knowledge {

        private long askedBefore = Long.MIN_VALUE;

        @Override
        public void read(RecordMetadata record) {}

        @Override
        public long until(long now) {
            asked++;
            long answered = knowsAtOnce ? now : askedBefore;
            askedBefore = now;
            return Math.min(answered, knownUntil);
        }
    }
}
