package guichet.chassis;

import guichet.schemas.Topic;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks the brokers every half minute whether every copy of the desk's topics is in step, which who
 * may read or write a topic may ask.
 */
final class ReplicationWatch implements AutoCloseable {

    /**
     * Gauge, partitions of the desk's topics with a copy that is not in step; not a number while
     * the brokers do not say.
     */
    static final String UNDER_REPLICATED = "guichet.topics.under.replicated";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private static final List<String> TOPICS = Topics.all().stream().map(Topic::name).toList();

    private final Admin admin;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("replication-watch").factory());

    private volatile double underReplicated = Double.NaN;

    ReplicationWatch(Admin admin, MeterRegistry meters) {
        this.admin = admin;
        Gauge.builder(UNDER_REPLICATED, this, it -> it.underReplicated)
                .description("Partitions of the desk's topics with a copy that is not in step")
                .register(meters);
    }

    /** Begins to ask. */
    void start() {
        looks.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS.toSeconds(), TimeUnit.SECONDS);
    }

    private void look() {
        admin.describeTopics(TOPICS)
                .allTopicNames()
                .whenComplete(
                        (topics, failure) ->
                                underReplicated =
                                        failure == null
                                                ? underReplicated(topics.values())
                                                : Double.NaN);
    }

    static long underReplicated(Collection<TopicDescription> topics) {
        return topics.stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(partition -> partition.isr().size() < partition.replicas().size())
                .count();
    }

    @Override
    public void close() {
        looks.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
