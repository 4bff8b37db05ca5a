package guichet.benchmarks.desk;

import guichet.events.Plan;
import guichet.localstack.platform.RegistryProcess;
import guichet.routing.queueing.QueueingStage;
import guichet.schemas.Topics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How many contacts a second are queued, beside a pass-through of the same events. */
final class QueueingRate implements AutoCloseable {

    private static final int PARTITIONS = 4;
    private static final int BATCH = 500;
    private static final int COUNT = 100_000;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Limit OF_A_PASS_THROUGH = new Limit.AtLeast(0.7);

    private final Figures figures;
    private final Broker broker;
    private final RegistryProcess registry;
    private final ChildJvm queueing;
    private final ChildJvm passThrough;
    private final Publisher publisher;
    private final Chats chats;
    private int batch = BATCH;

    private QueueingRate(Path folder, Figures figures) throws InterruptedException {
        this.figures = figures;
        this.broker = Broker.start(folder);
        this.registry = RegistryProcess.start(folder.resolve("registry"), 0);
        broker.createTopic(PassThrough.INPUT, PARTITIONS);
        broker.createTopic(PassThrough.OUTPUT, PARTITIONS);
        this.queueing = launch(folder, QueueingStage.NAME, QueueingStage.class);
        this.passThrough = launch(folder, PassThrough.NAME, PassThrough.class);
        this.publisher = new Publisher(broker.bootstrapServers());
        this.chats = new Chats(publisher, Chats.registry(registry.url()));
    }

    static void measure(Path folder, Figures figures) throws InterruptedException {
        figures.begin(
                "%,d contacts queued at full speed, beside a pass-through; medians of %d rounds"
                        .formatted(COUNT, ROUNDS));
        try (QueueingRate rate = new QueueingRate(folder, figures)) {
            rate.broker.awaitMembers(QueueingStage.NAME, PATIENCE);
            rate.broker.awaitMembers(PassThrough.NAME, PATIENCE);
            rate.measure();
        }
    }

    private void measure() throws InterruptedException {
        List<Double> passed = new ArrayList<>();
        List<Double> queued = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            double passedNow = aSecond(passThrough, PassThrough.NAME, PassThrough.INPUT);
            double queuedNow = aSecond(queueing, QueueingStage.NAME, Topics.CHATS.name());
            if (round >= 0) {
                passed.add(passedNow);
                queued.add(queuedNow);
                ratios.add(queuedNow / passedNow);
            }
        }
        figures.tell("passed through", median(passed), "a second");
        figures.tell("queued", median(queued), "a second");
        figures.hold("queued, of passed through", median(ratios), "x", OF_A_PASS_THROUGH);
    }

    /** The process is held until all is there, so that it need not share the processors. */
    private double aSecond(ChildJvm process, String group, String topic)
            throws InterruptedException {
        process.hold();
        Load load =
                Load.unanswered(
                        batch++,
                        COUNT,
                        System.currentTimeMillis() + Chats.PATIENT.toMillis(),
                        Duration.ofMinutes(1));
        chats.start(topic, load, Plan.BASIC, Chats.PATIENT);
        long began = System.nanoTime();
        process.goOn();
        broker.awaitRead(group, List.of(topic), PATIENCE);
        return COUNT / ((System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private ChildJvm launch(Path folder, String name, Class<?> main) {
        return ChildJvm.start(
                folder.resolve(name + ".log"),
                main,
                List.of("-Xmx512m"),
                arguments(
                        Map.of(
                                "spring.application.name", name,
                                "server.port", "0",
                                "guichet.policy", Chats.policy(),
                                "guichet.topics.partitions", Integer.toString(PARTITIONS),
                                "guichet.topics.replication", "1",
                                "spring.kafka.bootstrap-servers", broker.bootstrapServers(),
                                "spring.kafka.properties.schema.registry.url", registry.url(),
                                "spring.kafka.streams.state-dir",
                                        folder.resolve("state").toString())));
    }

    private static List<String> arguments(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    @Override
    public void close() {
        publisher.close();
        queueing.close();
        passThrough.close();
        registry.close();
        broker.close();
    }
}
