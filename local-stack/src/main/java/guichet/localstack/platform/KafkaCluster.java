package guichet.localstack.platform;

import static java.util.Objects.requireNonNullElse;

import guichet.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * What a desk must know of the Kafka it runs on.
 *
 * @param id the name by which the cluster knows itself; what services keep on disk belongs to one
 *     cluster
 * @param brokers how many there are now
 * @param partitions of its topics keyed by contact; 0 where the desk has none there yet
 */
public record KafkaCluster(String id, int brokers, int partitions) {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * Asks the cluster.
     *
     * @param bootstrapServers where, without encryption or credentials
     * @throws IllegalStateException when no broker answers within 10 s
     * @throws org.apache.kafka.common.KafkaException when these are no addresses
     */
    public static KafkaCluster at(String bootstrapServers) throws InterruptedException {
        return at(bootstrapServers, LIMIT);
    }

    static KafkaCluster at(String bootstrapServers, Duration limit) throws InterruptedException {
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            var cluster =
                    admin.describeCluster(
                            new DescribeClusterOptions().timeoutMs((int) limit.toMillis()));
            return new KafkaCluster(
                    requireNonNullElse(cluster.clusterId().get(), "unnamed"),
                    cluster.nodes().get().size(),
                    partitions(admin));
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "no broker answers at %s within %d s (%s)"
                            .formatted(bootstrapServers, limit.toSeconds(), e.getMessage()));
        }
    }

    private static int partitions(Admin admin) throws ExecutionException, InterruptedException {
        String topic = Topics.TICKETS.name();
        if (!admin.listTopics().names().get().contains(topic)) {
            return 0;
        }
        return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                .mapToInt(found -> found.partitions().size())
                .sum();
    }
}
