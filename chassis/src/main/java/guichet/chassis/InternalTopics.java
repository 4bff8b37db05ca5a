package guichet.chassis;

import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What Kafka Streams makes for itself is as safe as the desk's own topics: what is acknowledged
 * outlives the loss of a broker, whatever the brokers' default.
 */
@Configuration(proxyBeanMethods = false)
class InternalTopics {

    private static final String IN_SYNC =
            StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);

    @Bean
    static BeanPostProcessor inSyncReplicas() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof KafkaProperties kafka) {
                    set(kafka.getStreams());
                }
                return bean;
            }
        };
    }

    private static void set(KafkaProperties.Streams streams) {
        Integer replication = streams.getReplicationFactor();
        // Below 1 the brokers choose, and only they know how many can be asked for.
        if (replication != null && replication >= 1) {
            streams.getProperties()
                    .putIfAbsent(IN_SYNC, Integer.toString(Math.max(1, replication - 1)));
        }
    }
}
