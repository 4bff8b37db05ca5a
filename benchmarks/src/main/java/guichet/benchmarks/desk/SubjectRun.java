package guichet.benchmarks.desk;

import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A {@link Subject} over a broker, and what loads it and reads what it says. */
final class SubjectRun implements AutoCloseable {

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final Broker broker;
    private final Publisher publisher;
    private final Output output;
    private ChildJvm subject;

    private SubjectRun(Path folder) throws InterruptedException {
        this.folder = folder;
        this.broker = Broker.start(folder);
        broker.createTopic(Subject.INPUT, PARTITIONS);
        broker.createTopic(Subject.OUTPUT, PARTITIONS);
        this.publisher = new Publisher(broker.bootstrapServers());
        this.output = new Output(broker.bootstrapServers(), Subject.OUTPUT);
        this.subject = launch();
    }

    static SubjectRun start(Path folder) throws InterruptedException {
        SubjectRun run = new SubjectRun(folder);
        run.awaitRunning();
        return run;
    }

    /** Starts a new process in place of one that has ended; does not wait for it. */
    ChildJvm startAnew() {
        subject = launch();
        return subject;
    }

    void awaitRunning() throws InterruptedException {
        subject.awaitLine(Subject.STATE + "RUNNING");
    }

    ChildJvm subject() {
        return subject;
    }

    Usage usage() {
        return new Usage(Map.of("the broker", broker.jvm(), "the subject", subject));
    }

    /** Schedules all of a load, as fast as it goes, and waits until the broker has it. */
    void schedule(Load load) {
        for (int number = 0; number < load.count(); number++) {
            publisher.send(Subject.INPUT, load.owner(number), Subject.scheduled(load.due(number)));
        }
        publisher.flush();
    }

    /** Answers all of a load, as fast as it goes. */
    void answerAll(Load load) {
        for (int number = 0; number < load.count(); number++) {
            publisher.send(Subject.INPUT, load.owner(number), Subject.answered());
        }
        publisher.flush();
    }

    /** Sends each answer of a load at its time; returns when the broker has the last. */
    void answerInTime(Load load, Outcomes outcomes) {
        for (int number : load.answers()) {
            Wait.untilClockSays(load.answerAt(number));
            publisher.send(
                    Subject.INPUT,
                    load.owner(number),
                    Subject.answered(),
                    acknowledgedAt -> outcomes.answered(number, acknowledgedAt));
        }
        publisher.flush();
    }

    /** Waits until the subject has read all that was sent and has committed it. */
    void awaitRead() throws InterruptedException {
        broker.awaitRead(Subject.NAME, List.of(Subject.INPUT), PATIENCE);
    }

    /** Watches, from now on, what fires of a load. */
    Outcomes watch(Load load) {
        Outcomes outcomes = new Outcomes(load);
        output.readBy(
                (fired, seenAt) -> {
                    if (load.has(fired.key())) {
                        outcomes.fired(
                                Owners.number(fired.key()), Subject.due(fired.value()), seenAt);
                    }
                });
        return outcomes;
    }

    /** What the subject keeps on disk is gone. */
    void wipeState() {
        try {
            FileSystemUtils.deleteRecursively(state());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path state() {
        return folder.resolve("state");
    }

    private ChildJvm launch() {
        return ChildJvm.start(
                folder.resolve("subject.log"),
                Subject.class,
                List.of("-Xmx512m", "-XX:+UseParallelGC"),
                List.of(
                        "--spring.application.name=" + Subject.NAME,
                        "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--spring.kafka.streams.state-dir=" + state(),
                        "--spring.kafka.streams.properties.num.stream.threads=2",
                        "--guichet.topics.replication=1"));
    }

    @Override
    public void close() throws InterruptedException {
        subject.close();
        output.close();
        publisher.close();
        broker.close();
    }
}
