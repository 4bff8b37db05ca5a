package guichet.benchmarks.desk;

import guichet.localstack.platform.KafkaBroker;
import guichet.schemas.TopicCreation;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The local stack's broker, as a process of its own. */
final class Broker implements AutoCloseable {

    private static final String SERVES = "Kafka serves ";
    private static final int NODE = 1;

    private final ChildJvm jvm;
    private final String bootstrapServers;
    private final Admin admin;

    private Broker(ChildJvm jvm, String bootstrapServers) {
        this.jvm = jvm;
        this.bootstrapServers = bootstrapServers;
        this.admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    static Broker start(Path folder) throws InterruptedException {
        ChildJvm jvm =
                ChildJvm.start(
                        folder.resolve("broker.log"),
                        KafkaBroker.class,
                        List.of("-Xmx1g"),
                        List.of(folder.resolve("kafka").toString(), "0"));
        return new Broker(jvm, jvm.awaitLine(SERVES).substring(SERVES.length()));
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    ChildJvm jvm() {
        return jvm;
    }

    void createTopic(String name, int partitions) throws InterruptedException {
        get(
                () ->
                        admin.createTopics(
                                        List.of(
                                                new NewTopic(
                                                        name,
                                                        Optional.of(partitions),
                                                        Optional.empty())))
                                .all()
                                .get());
    }

    /** Creates what the desk needs, one replica of each. */
    void createTopicsOfTheDesk(int partitions) {
        TopicCreation.createMissing(admin, partitions, (short) 1);
    }

    /** Bytes on disk of each record that lies on a topic; 0 where none does. */
    double bytesARecord(String topic) {
        long records = ends(List.of(topic)).values().stream().mapToLong(Long::longValue).sum();
        long bytes =
                get(() -> admin.describeLogDirs(List.of(NODE)).allDescriptions().get())
                        .values()
                        .stream()
                        .flatMap(folders -> folders.values().stream())
                        .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                        .filter(replica -> replica.getKey().topic().equals(topic))
                        .mapToLong(replica -> replica.getValue().size())
                        .sum();
        return records == 0 ? 0 : (double) bytes / records;
    }

    /** Waits until the members of a group have shared its partitions out. */
    void awaitMembers(String group, Duration patience) throws InterruptedException {
        Wait.until(
                group + " has its partitions",
                patience,
                () ->
                        get(() -> admin.listGroups().all().get()).stream()
                                .anyMatch(
                                        listed ->
                                                listed.groupId().equals(group)
                                                        && listed.groupState()
                                                                .equals(
                                                                        Optional.of(
                                                                                GroupState
                                                                                        .STABLE))));
    }

    /** Waits until a group has read all that lies on topics now, and has committed what it made. */
    void awaitRead(String group, List<String> topics, Duration patience)
            throws InterruptedException {
        Map<TopicPartition, Long> ends = ends(topics);
        Wait.until(
                group + " has read all of " + topics,
                patience,
                () -> {
                    Map<TopicPartition, OffsetAndMetadata> read = committed(group);
                    return ends.entrySet().stream()
                            .allMatch(
                                    end ->
                                            end.getValue() == 0
                                                    || (read.get(end.getKey()) != null
                                                            && read.get(end.getKey()).offset()
                                                                    >= end.getValue()));
                });
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        return get(
                () -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
    }

    /** Where the partitions of topics end. */
    private Map<TopicPartition, Long> ends(List<String> topics) {
        List<TopicPartition> partitions =
                get(() -> admin.describeTopics(topics).allTopicNames().get()).values().stream()
                        .flatMap(
                                topic ->
                                        topic.partitions().stream()
                                                .map(
                                                        partition ->
                                                                new TopicPartition(
                                                                        topic.name(),
                                                                        partition.partition())))
                        .toList();
        return get(
                        () ->
                                admin.listOffsets(
                                                partitions.stream()
                                                        .collect(
                                                                Collectors.toMap(
                                                                        Function.identity(),
                                                                        it -> OffsetSpec.latest())))
                                        .all()
                                        .get())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    private static <T> T get(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
        jvm.close();
    }
}
