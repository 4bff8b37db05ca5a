package guichet.localstack.platform;

import static java.util.Objects.requireNonNullElse;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * What a desk must know of the Kafka it runs on.
 *
 * @param id the name by which the cluster knows itself; what services keep on disk belongs to one
 *     cluster
 * @param brokers how many there are now
 */
public record KafkaCluster(String id, int brokers) {

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
                    cluster.nodes().get().size());
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "no broker answers at %s within %d s (%s)"
                            .formatted(bootstrapServers, limit.toSeconds(), e.getMessage()));
        }
    }
}
