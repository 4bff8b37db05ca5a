package guichet.benchmarks.desk;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads what is committed to a topic from now on, as any user of the topic would. */
final class Output implements AutoCloseable {

    /** Is shown each record, on the reading thread. */
    interface Reader {

        /**
         * @param seenAt when it came here, in milliseconds since 1970 UTC
         */
        void read(ConsumerRecord<String, byte[]> record, long seenAt);
    }

    private static final Duration POLL = Duration.ofMillis(100);

    private final Thread thread;
    private volatile boolean closed;
    private volatile Reader reader = (record, seenAt) -> {};

    /** Returns when nothing that is written from now on can be overlooked. */
    Output(String bootstrapServers, String topic) {
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                5_000),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().name("output").daemon().start(() -> read(consumer));
    }

    void readBy(Reader newReader) {
        reader = newReader;
    }

    private void read(Consumer<String, byte[]> consumer) {
        try (consumer) {
            while (!closed) {
                var records = consumer.poll(POLL);
                long seenAt = System.currentTimeMillis();
                records.forEach(record -> reader.read(record, seenAt));
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
