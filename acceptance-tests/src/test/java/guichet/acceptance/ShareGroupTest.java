package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.ContactQueued;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * The simple desk of docs/routing.md: people who only pull the next contact of a language, through
 * a Kafka share group, with nothing but public contracts.
 */
@OnTheWholeDesk
abstract class ShareGroupTest {

    private static final int CONTACTS = 12;
    private static final int PEOPLE = 3;
    private static final String FROM = "share.auto.offset.reset";

    private final WholeDesk.Running desk;
    private final String group = "simple-desk-" + UUID.randomUUID();
    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;

    ShareGroupTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @Test
    @ResourceLock(value = TogetherTest.SPANISH_CHATS, mode = ResourceAccessMode.READ)
    void eachContactOfALanguageIsPulledByOneOfThePeopleOfASimpleDesk() throws Exception {
        configureGroup();
        List<Thread> people =
                Stream.generate(() -> Thread.ofPlatform().start(this::pull)).limit(PEOPLE).toList();
        try {
            List<String> contacts = new ArrayList<>();
            for (int number = 0; number < CONTACTS; number++) {
                contacts.add(chat());
            }

            await().atMost(LONG_ENOUGH)
                    .untilAsserted(() -> assertThat(taken).containsAll(contacts));
            assertThat(taken).filteredOn(contacts::contains).doesNotHaveDuplicates();
        } finally {
            open = false;
            for (Thread person : people) {
                person.join();
            }
        }
    }

    private String chat() {
        return desk.customers()
                .post(
                        "/api/chats",
                        "basic",
                        UUID.randomUUID().toString(),
                        Map.of("language", "es", "question", "¿Cómo cambio el color?"))
                .id();
    }

    /** What is so set for a group is kept by the broker, which goes by it once it has read it. */
    private void configureGroup() throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", desk.desk().bootstrapServers()))) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    resource,
                                    List.of(
                                            set("share.isolation.level", "read_committed"),
                                            set(FROM, "earliest"))))
                    .all()
                    .get();
            await().atMost(LONG_ENOUGH).until(() -> read(admin, resource), "earliest"::equals);
        }
    }

    private static String read(Admin admin, ConfigResource group) throws Exception {
        return admin.describeConfigs(List.of(group)).all().get().get(group).get(FROM).value();
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), OpType.SET);
    }

    private void pull() {
        RegistryAvroDeserializer<SpecificRecord> events = new RegistryAvroDeserializer<>();
        events.configure(
                Map.of(
                        "schema.registry.url",
                        desk.desk().registryUrl(),
                        "specific.avro.reader",
                        true),
                false);
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        desk.desk().bootstrapServers(),
                        "group.id",
                        group,
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        1);
        try (var consumer = new KafkaShareConsumer<>(settings, new StringDeserializer(), events)) {
            consumer.subscribe(List.of(Topics.assignments("es").name()));
            while (open) {
                for (ConsumerRecord<String, SpecificRecord> record :
                        consumer.poll(Duration.ofMillis(500))) {
                    if (record.value() instanceof ContactQueued contact) {
                        taken.add(contact.getContactId());
                    }
                    consumer.acknowledge(record, AcknowledgeType.ACCEPT);
                }
                consumer.commitSync();
            }
        }
    }
}
