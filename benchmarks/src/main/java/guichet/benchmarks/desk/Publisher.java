package guichet.benchmarks.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.LongConsumer;

/** Writes records, and knows when the broker has them. */
final class Publisher implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private volatile @Nullable Exception failure;

    Publisher(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.LINGER_MS_CONFIG,
                                5,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                128 * 1024,
                                ProducerConfig.BUFFER_MEMORY_CONFIG,
                                64L * 1024 * 1024),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    void send(String topic, String key, byte[] value) {
        send(topic, key, value, acknowledgedAt -> {});
    }

    /**
     * @param acknowledged is told when the broker's word came, in milliseconds since 1970 UTC
     */
    void send(String topic, String key, byte[] value, LongConsumer acknowledged) {
        producer.send(
                new ProducerRecord<>(topic, key.getBytes(UTF_8), value),
                (metadata, failed) -> {
                    if (failed == null) {
                        acknowledged.accept(System.currentTimeMillis());
                    } else {
                        failure = failed;
                    }
                });
    }

    /**
     * Waits until the broker has all.
     *
     * @throws IllegalStateException if it did not take everything
     */
    void flush() {
        producer.flush();
        Exception failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the broker did not take a record", failed);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
