package guichet.benchmarks.desk;

import guichet.localstack.platform.RegistryProcess;
import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.sla.SlaMonitorService;

import org.apache.avro.specific.SpecificRecord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/** The real SLA monitor over a broker and a registry, and what loads it and reads what it says. */
final class MonitorRun implements AutoCloseable {

    /** What each container has by the chart; half of it is heap, half of the rest RocksDB's. */
    static final long CONTAINER_BYTES = 1L << 30;

    private static final String SERVICE = "sla-monitor-service";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path state;
    private final Broker broker;
    private final RegistryProcess registry;
    private final ChildJvm monitor;
    private final Publisher publisher;
    private final Chats chats;
    private final RegistryAvroDeserializer<SpecificRecord> events =
            new RegistryAvroDeserializer<>();

    private MonitorRun(Path folder) throws InterruptedException {
        state = folder.resolve("state");
        broker = Broker.start(folder);
        registry = RegistryProcess.start(folder.resolve("registry"), 0);
        monitor =
                ChildJvm.start(
                        folder.resolve("monitor.log"),
                        SlaMonitorService.class,
                        List.of("-Xmx" + CONTAINER_BYTES / 2),
                        List.of(
                                "--server.port=0",
                                "--guichet.policy=" + Chats.policy(),
                                "--guichet.topics.replication=1",
                                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                                "--spring.kafka.properties.schema.registry.url=" + registry.url(),
                                "--spring.kafka.streams.state-dir=" + state,
                                "--spring.kafka.streams.properties.guichet.state.memory="
                                        + CONTAINER_BYTES / 4));
        publisher = new Publisher(broker.bootstrapServers());
        Map<String, String> avro = Chats.registry(registry.url());
        chats = new Chats(publisher, avro);
        events.configure(avro, false);
    }

    /** Starts all and returns when the monitor has its partitions. */
    static MonitorRun start(Path folder) throws InterruptedException {
        MonitorRun run = new MonitorRun(folder);
        run.broker.awaitMembers(SERVICE, PATIENCE);
        return run;
    }

    ChildJvm monitor() {
        return monitor;
    }

    Chats chats() {
        return chats;
    }

    /** What the state of all partitions takes on disk. */
    long stateBytes() {
        try (Stream<Path> files = Files.walk(state)) {
            // RocksDB may delete a file meanwhile, which then counts nothing.
            return files.filter(Files::isRegularFile).mapToLong(it -> it.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Usage usage() {
        return new Usage(Map.of("the broker", broker.jvm(), "the monitor", monitor));
    }

    /** Waits until the monitor has read all that was sent and has committed it. */
    void awaitRead() throws InterruptedException {
        broker.awaitRead(
                SERVICE, Topics.CHANNEL_TOPICS.stream().map(Topic::name).toList(), PATIENCE);
    }

    /**
     * Reads what the monitor says from now on, until closed.
     *
     * @param reader is shown each event and when it came, in milliseconds since 1970 UTC
     */
    Output read(ObjLongConsumer<SpecificRecord> reader) {
        Output output = new Output(broker.bootstrapServers(), Topics.SLA.name());
        output.readBy(
                (said, seenAt) ->
                        reader.accept(
                                Objects.requireNonNull(
                                        events.deserialize(said.topic(), said.value())),
                                seenAt));
        return output;
    }

    @Override
    public void close() {
        publisher.close();
        monitor.close();
        registry.close();
        broker.close();
    }
}
