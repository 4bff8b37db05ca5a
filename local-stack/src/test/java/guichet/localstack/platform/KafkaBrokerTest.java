package guichet.localstack.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class KafkaBrokerTest {

    private static final String SERVES = "Kafka serves ";

    @TempDir Path folder;

    @Test
    void keepsRecordsFromOneStartToTheNext() throws Exception {
        try (KafkaBroker first = KafkaBroker.start(folder, 0)) {
            createTopic(first.bootstrapServers());
            write(first.bootstrapServers(), "kept");
        }

        try (KafkaBroker second = KafkaBroker.start(folder, 0)) {
            write(second.bootstrapServers(), "added");

            assertThat(read(second.bootstrapServers(), 2)).containsExactly("kept", "added");
        }
    }

    @Test
    void keepsAcknowledgedRecordsWhenItsProcessIsKilled() throws Exception {
        try (ChildJvm first = ChildJvm.run(KafkaBroker.class, folder.toString(), "0")) {
            String servers = first.lineAfter(SERVES);
            createTopic(servers);
            write(servers, "kept");
            first.kill();
        }

        try (ChildJvm second = ChildJvm.run(KafkaBroker.class, folder.toString(), "0")) {
            String servers = second.lineAfter(SERVES);
            write(servers, "added");

            assertThat(read(servers, 2)).containsExactly("kept", "added");
        }
    }

    @Test
    void letsTheProcessEndInOrderWhereItCannotWrite() throws Exception {
        Path data = folder.resolve("data");
        try (ChildJvm child = ChildJvm.run(BrokenBroker.class, data.toString(), "0")) {
            String servers = child.lineAfter(SERVES);
            Files.move(data, folder.resolve("away"));
            Files.writeString(data, "no folder");
            createTopic(servers);

            assertThat(child.lineAfter("Kafka has given up; "))
                    .matches("\\d+ MB are free in " + data + "\\.");
            assertThat(child.lineAfter(BrokenBroker.STOPS)).isEmpty();
        }
    }

    private static void createTopic(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("words", 1, (short) 1))).all().get();
        }
    }

    private static void write(String servers, String word) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers, "transactional.id", "writer");
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("words", word));
            producer.commitTransaction();
        }
    }

    private static List<String> read(String servers, int count) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", servers,
                        "group.id", "readers",
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest");
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("words"));
            List<String> words = new ArrayList<>();
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (words.size() < count && System.nanoTime() < end) {
                consumer
                        .poll(Duration.ofMillis(100))
                        .records(new TopicPartition("words", 0))
                        .stream()
                        .map(ConsumerRecord::value)
                        .forEach(words::add);
            }
            return words;
        }
    }
}
