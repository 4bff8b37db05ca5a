package guichet.schemas;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Brings the topics of the catalogue onto a broker. */
public final class TopicCreation {

    private TopicCreation() {}

    /** Every topic of the catalogue as it should be created. */
    public static List<NewTopic> wanted(int deskPartitions, short replication) {
        return asNewTopics(Topics.all(), deskPartitions, replication);
    }

    /**
     * Creates the topics that are missing and leaves the others as they are. Safe to call from
     * several services at once.
     *
     * @param deskPartitions partitions of every topic that is keyed by contact
     * @param replication copies of each partition
     * @throws IllegalStateException when a topic exists with another number of partitions: state is
     *     kept by partition, so a desk cannot change it
     * @throws KafkaException when the broker cannot be asked, or refuses
     */
    public static void createMissing(Admin admin, int deskPartitions, short replication) {
        List<Topic> missing = missing(admin, deskPartitions);
        admin.createTopics(asNewTopics(missing, deskPartitions, replication))
                .values()
                .values()
                .forEach(TopicCreation::createdByAnyone);
    }

    /**
     * Checks that others have created every topic as the desk needs it.
     *
     * @throws IllegalStateException naming what is missing or has another number of partitions
     * @throws KafkaException when the broker cannot be asked
     */
    public static void check(Admin admin, int deskPartitions) {
        List<Topic> missing = missing(admin, deskPartitions);
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "topics are missing: %s. Create them, or set guichet.topics.create to true."
                            .formatted(missing.stream().map(Topic::name).toList()));
        }
    }

    private static List<NewTopic> asNewTopics(
            List<Topic> topics, int deskPartitions, short replication) {
        return topics.stream().map(topic -> topic.asNewTopic(deskPartitions, replication)).toList();
    }

    private static List<Topic> missing(Admin admin, int deskPartitions) {
        Set<String> names = get(admin.listTopics().names());
        Map<Boolean, List<Topic>> byPresence =
                Topics.all().stream()
                        .collect(Collectors.partitioningBy(topic -> names.contains(topic.name())));
        checkPartitions(admin, byPresence.getOrDefault(true, List.of()), deskPartitions);
        return byPresence.getOrDefault(false, List.of());
    }

    private static void checkPartitions(Admin admin, List<Topic> present, int deskPartitions) {
        String faults =
                get(
                                admin.describeTopics(present.stream().map(Topic::name).toList())
                                        .allTopicNames())
                        .values()
                        .stream()
                        .map(found -> fault(found, deskPartitions))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining("; "));
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    faults
                            + ". The number is fixed for life at the first deployment: set"
                            + " guichet.topics.partitions to it, or start on an empty cluster,"
                            + " as ./desk --fresh does.");
        }
    }

    private static Optional<String> fault(TopicDescription found, int deskPartitions) {
        int partitions = found.partitions().size();
        int wanted = Topics.named(found.name()).orElseThrow().partitions(deskPartitions);
        return partitions == wanted
                ? Optional.empty()
                : Optional.of(
                        "%s has %d partitions, not %d".formatted(found.name(), partitions, wanted));
    }

    private static void createdByAnyone(KafkaFuture<Void> creation) {
        try {
            get(creation);
        } catch (KafkaException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("the broker did not do what was asked", e.getCause());
        }
    }
}
