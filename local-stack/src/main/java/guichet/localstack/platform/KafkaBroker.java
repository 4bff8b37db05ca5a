package guichet.localstack.platform;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A Kafka broker and its controller in this JVM, on the loopback address, for one machine: every
 * topic has one replica. Its storage is formatted on the first start and kept, so that a later
 * broker on the same folder goes on where this one ended, also after SIGKILL.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final String NODE = "1";
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final int port;

    private KafkaBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it serves clients.
     *
     * @param folder where its data lies; created when missing
     * @param port where clients connect; 0 for any free one
     */
    public static KafkaBroker start(Path folder, int port) {
        int clients = FreePort.orFree(port);
        Map<String, String> settings = settings(folder, clients, FreePort.orFree(0));
        endInOrder(folder);
        formatOnce(folder);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
        return new KafkaBroker(server, clients);
    }

    /** What {@code bootstrap.servers} of a client must say. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Flushes and stops; clients that are still connected are cut off. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * Runs a broker as a process of its own until it is ended: {@code <folder> <port>}. Prints one
     * line with the bootstrap servers when it serves clients.
     */
    public static void main(String[] args) {
        KafkaBroker broker = start(Path.of(args[0]), Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
        System.out.println("Kafka serves " + broker.bootstrapServers());
        broker.server.awaitShutdown();
    }

    /** Kafka halts the JVM where it cannot write, which would end the desk without a word. */
    private static void endInOrder(Path folder) {
        Exit.Procedure end =
                (status, message) -> {
                    System.err.printf(
                            "Kafka has given up; %d MB are free in %s.%n",
                            folder.toFile().getUsableSpace() >> 20, folder);
                    // On a thread that nobody waits for: this one must end before Kafka does.
                    Thread.ofPlatform().name("kafka-gave-up").start(() -> System.exit(status));
                    throw new IllegalStateException("Kafka has given up");
                };
        Exit.setHaltProcedure(end);
        Exit.setExitProcedure(end);
    }

    private static Map<String, String> settings(Path folder, int clients, int controller) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE);
        settings.put("log.dirs", folder.toString());
        settings.put(
                "listeners",
                "CLIENTS://127.0.0.1:%d,%s://127.0.0.1:%d"
                        .formatted(clients, CONTROLLER, controller));
        settings.put("advertised.listeners", "CLIENTS://localhost:" + clients);
        settings.put(
                "listener.security.protocol.map", "CLIENTS:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controller);
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        // Small segments are compacted soon, and so loaded fast: ADR 0010.
        settings.put("offsets.topic.segment.bytes", "1048576");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // What a killed process had not committed holds back all who read there, until this look.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.put("broker.heartbeat.interval.ms", "250");
        // After a kill the controller waits this long before it takes the broker back.
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.index.size.max.bytes", "1048576");
        return settings;
    }

    private static void formatOnce(Path folder) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(folder);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(Integer.parseInt(NODE))
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot format the Kafka storage in " + folder, e);
        }
    }
}
