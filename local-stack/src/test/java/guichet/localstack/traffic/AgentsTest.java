package guichet.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactQueued;
import guichet.events.Priority;
import guichet.localstack.platform.KafkaBroker;
import guichet.localstack.platform.RegistryProcess;
import guichet.schemas.Contract;
import guichet.schemas.TopicCreation;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryAvroSerializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class AgentsTest {

    private static final Handling AT_ONCE = new Handling(0.01, 0.01);
    private static final Handling NOT_TODAY = new Handling(10_000, 0.01);

    private static KafkaBroker broker;
    private static RegistryProcess registry;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        registry = RegistryProcess.start(folder.resolve("registry"), 0);
        broker = KafkaBroker.start(folder.resolve("kafka"), 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicCreation.createMissing(admin, 1, (short) 1);
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
        registry.close();
    }

    @Test
    void answerAndEndAConversation() throws Exception {
        queue("en", contact("call", Channel.PHONE, "en"));

        try (var team = new Team("en", Map.of("call", AT_ONCE))) {
            await().untilAsserted(
                            () ->
                                    assertThat(heard(Topics.CALLBACKS.name()))
                                            .extracting(event -> (Object) event.getClass())
                                            .containsExactly(CallAnswered.class, CallEnded.class));
        }
    }

    @Test
    void takeUpAfterARestartOnlyWhatStillWaits() throws Exception {
        queue(
                "pt",
                contact("slow", Channel.CHAT, "pt"),
                contact("quick", Channel.CHAT, "pt"),
                contact("brisk", Channel.CHAT, "pt"));
        try (var team =
                new Team("pt", Map.of("slow", NOT_TODAY, "quick", AT_ONCE, "brisk", AT_ONCE))) {
            await().until(() -> ended().size() == 2);
        }

        try (var team = new Team("pt", Map.of("slow", AT_ONCE))) {
            await().until(() -> ended().size() == 3);
        }

        assertThat(heard(Topics.CHATS.name()))
                .filteredOn(ChatAnswered.class::isInstance)
                .extracting(Contract::keyOf)
                .containsExactlyInAnyOrder("quick", "brisk", "slow");
    }

    private static List<SpecificRecord> ended() {
        return heard(Topics.CHATS.name()).stream().filter(ChatEnded.class::isInstance).toList();
    }

    private static ContactQueued contact(String id, Channel channel, String language) {
        Instant now = Instant.now();
        return ContactQueued.newBuilder()
                .setContactId(id)
                .setQueuedAt(now)
                .setChannel(channel)
                .setLanguage(language)
                .setPriority(Priority.NORMAL)
                .setDue(now.plusSeconds(8))
                .setPolicyVersion("p1")
                .build();
    }

    private static void queue(String language, ContactQueued... contacts) {
        var values = new RegistryAvroSerializer<SpecificRecord>();
        values.configure(
                Map.of(
                        "schema.registry.url",
                        registry.url(),
                        "value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy"),
                false);
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringSerializer(),
                        values)) {
            for (ContactQueued contact : contacts) {
                producer.send(
                        new ProducerRecord<>(
                                Topics.assignments(language).name(),
                                contact.getContactId(),
                                contact));
            }
        }
    }

    private static List<SpecificRecord> heard(String topic) {
        var values = new RegistryAvroDeserializer<SpecificRecord>();
        values.configure(
                Map.of("schema.registry.url", registry.url(), "specific.avro.reader", true), false);
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringDeserializer(),
                        values)) {
            var partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).get(partitions.getFirst());
            List<SpecificRecord> events = new ArrayList<>();
            while (consumer.position(partitions.getFirst()) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> events.add(r.value()));
            }
            return events;
        }
    }

    /** Agents at work on a thread of their own. */
    private static final class Team implements AutoCloseable {

        private final Agents agents;
        private final Thread thread;

        Team(String language, Map<String, Handling> handlings) {
            agents =
                    new Agents(
                            broker.bootstrapServers(),
                            registry.url(),
                            language,
                            handlings::get,
                            Duration.ofSeconds(20));
            thread = Thread.ofPlatform().start(agents::work);
        }

        @Override
        public void close() throws InterruptedException {
            agents.close();
            thread.join();
        }
    }
}
