package guichet.chassis;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

import java.util.Map;
import java.util.function.Supplier;

/** Opens consumers that belong to no group, read committed records and go where they are sent. */
public final class PlainConsumers implements Supplier<Consumer<byte[], byte[]>> {

    private final Map<String, Object> settings;

    /** Consumers with the service's settings. */
    public PlainConsumers(KafkaProperties kafka) {
        settings = kafka.buildConsumerProperties();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A topic that the broker made up for a question would not be kept as the catalogue says.
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    }

    @Override
    public Consumer<byte[], byte[]> get() {
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
