package guichet.benchmarks.desk;

import guichet.deadlines.Broadcast;
import guichet.deadlines.Deadline;
import guichet.deadlines.DeadlineMeters;
import guichet.deadlines.Deadlines;
import guichet.deadlines.Knowledge;
import guichet.deadlines.TrackingClients;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The smallest service around {@link Deadlines}: an owner is scheduled or answered, and each
 * deadline that is reached is told. Runs with the chassis' own settings; arguments are settings
 * too.
 */
final class Subject {

    static final String NAME = "timers";
    static final String INPUT = "timers-in";
    static final String OUTPUT = "timers-out";

    /** Begins the line that it says when its state changes; the state and the instant follow. */
    static final String STATE = "state ";

    /** Said like a state when the first store begins to be restored. */
    static final String RESTORING = "RESTORING";

    /** Begins the line that it says in the end; milliseconds follow. */
    static final String FIRED_P99 = "fired within (p99) ";

    private static final byte[] ANSWERED = {};
    private static final String KIND = "due";
    private static final double P99 = 0.99;

    private Subject() {}

    public static void main(String[] args) throws IOException {
        MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        TrackingClients clients = new TrackingClients(Broadcast.none(), meters);
        KafkaStreams streams =
                new KafkaStreams(
                        topology(clients, meters),
                        new StreamsConfig(ChassisSettings.of(args).buildStreamsProperties()),
                        clients);
        streams.setStateListener((now, before) -> say(now.name()));
        streams.setGlobalStateRestoreListener(new Restoring());
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    streams.close(
                                            CloseOptions.groupMembershipOperation(
                                                    CloseOptions.GroupMembershipOperation
                                                            .LEAVE_GROUP));
                                    System.out.println(FIRED_P99 + firedWithin(meters));
                                }));
        streams.start();
    }

    private static void say(String state) {
        System.out.println(STATE + state + " " + System.currentTimeMillis());
    }

    static byte[] scheduled(long due) {
        return ByteBuffer.allocate(Long.BYTES).putLong(due).array();
    }

    static byte[] answered() {
        return ANSWERED;
    }

    /** The due instant of a deadline that fired, in milliseconds since 1970 UTC. */
    static long due(byte[] fired) {
        return ByteBuffer.wrap(fired).getLong();
    }

    private static Topology topology(Knowledge.Source knowledge, MeterRegistry meters) {
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        INPUT,
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        INPUT)
                .addProcessor(NAME, new TaskSupplier(knowledge, meters), INPUT)
                .addSink(OUTPUT, OUTPUT, new StringSerializer(), new ByteArraySerializer(), NAME);
    }

    private static double firedWithin(MeterRegistry meters) {
        HistogramSnapshot lateness =
                meters.timer(DeadlineMeters.LATENESS, DeadlineMeters.KIND, KIND).takeSnapshot();
        double wanted = P99 * lateness.count();
        for (CountAtBucket bucket : lateness.histogramCounts()) {
            if (bucket.count() >= wanted) {
                return bucket.bucket(TimeUnit.MILLISECONDS);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static final class Restoring implements StateRestoreListener {

        private final AtomicBoolean begun = new AtomicBoolean();

        @Override
        public void onRestoreStart(TopicPartition of, String store, long from, long to) {
            if (begun.compareAndSet(false, true)) {
                say(RESTORING);
            }
        }

        @Override
        public void onBatchRestored(TopicPartition of, String store, long to, long records) {}

        @Override
        public void onRestoreEnd(TopicPartition of, String store, long records) {}
    }

    private record TaskSupplier(Knowledge.Source knowledge, MeterRegistry meters)
            implements ProcessorSupplier<String, byte[], String, byte[]> {

        @Override
        public Processor<String, byte[], String, byte[]> get() {
            return new Task(knowledge, meters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Deadlines.stores(NAME);
        }
    }

    private static final class Task implements Processor<String, byte[], String, byte[]> {

        private final Knowledge.Source source;
        private final MeterRegistry meters;
        private @Nullable ProcessorContext<String, byte[]> context;
        private @Nullable Knowledge knowledge;
        private @Nullable Deadlines deadlines;

        Task(Knowledge.Source source, MeterRegistry meters) {
            this.source = source;
            this.meters = meters;
        }

        @Override
        public void init(ProcessorContext<String, byte[]> opened) {
            context = opened;
            knowledge = source.of(opened.taskId(), Set.of(INPUT));
            deadlines =
                    new Deadlines(
                            opened,
                            NAME,
                            Deadlines.Pace.standard(),
                            knowledge,
                            meters,
                            deadline -> tell(deadline, opened));
        }

        @Override
        public void process(Record<String, byte[]> command) {
            Deadlines open = Objects.requireNonNull(deadlines);
            if (command.value().length == 0) {
                open.cancel(command.key(), KIND);
            } else {
                open.schedule(command.key(), KIND, Instant.ofEpochMilli(due(command.value())));
            }
            Objects.requireNonNull(knowledge)
                    .read(Objects.requireNonNull(context).recordMetadata().orElseThrow());
        }

        private static void tell(Deadline reached, ProcessorContext<String, byte[]> context) {
            long due = reached.due().toEpochMilli();
            context.forward(new Record<>(reached.owner(), scheduled(due), due));
        }

        @Override
        public void close() {
            if (deadlines != null) {
                deadlines.close();
            }
            if (knowledge != null) {
                knowledge.close();
            }
        }
    }
}
