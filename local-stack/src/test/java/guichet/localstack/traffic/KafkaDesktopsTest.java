package guichet.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.AgentStatusChanged;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactLeft;
import guichet.events.OfferAccepted;
import guichet.events.OfferClosed;
import guichet.events.OfferMade;
import guichet.events.OfferOutcome;
import guichet.events.Presence;
import guichet.events.Priority;
import guichet.localstack.platform.KafkaBroker;
import guichet.localstack.platform.RegistryProcess;
import guichet.policy.OfferRules;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
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
import java.util.Optional;
import java.util.stream.IntStream;

class KafkaDesktopsTest {

    private static final long SEED = 7;

    private static final OfferRules RULES =
            new OfferRules(
                    Duration.ofSeconds(3),
                    2,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Optional.empty(),
                    Duration.ofSeconds(10));

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
    void letAgentsComeTakeAnOfferAnswerAndEndTheCall() throws Exception {
        try (var office = new Office(AT_ONCE)) {
            await().untilAsserted(
                            () -> assertThat(statuses("agent-en-1")).endsWith(Presence.AVAILABLE));
            OfferMade offer = offer("agent-en-1", "call", Channel.PHONE);
            tell(offer);
            await().until(() -> accepted(offer));
            tell(taken(offer));
            await().untilAsserted(
                            () ->
                                    assertThat(heard(Topics.CALLBACKS))
                                            .extracting(event -> (Object) event.getClass())
                                            .containsExactly(CallAnswered.class, CallEnded.class));
        }

        assertThat(statuses("agent-en-1")).endsWith(Presence.AVAILABLE, Presence.OFFLINE);
    }

    @Test
    void letAgentsTakeUpAfterARestartWhatIsStillTheirs() throws Exception {
        OfferMade held = offer("agent-pt-1", "held", Channel.CHAT);
        OfferMade gone = offer("agent-pt-1", "gone", Channel.CHAT);
        OfferMade next = offer("agent-pt-1", "next", Channel.CHAT);
        tell(held, taken(held), gone, taken(gone));
        try (var office = new Office(NOT_TODAY)) {
            tell(next);
            await().until(() -> accepted(next));
        }
        tell(new ContactLeft("agent-pt-1", "gone", Instant.now(), "agent offline"));

        try (var office = new Office(AT_ONCE)) {
            await().until(() -> heard(Topics.CHATS).stream().anyMatch(ChatEnded.class::isInstance));
        }

        assertThat(heard(Topics.CHATS))
                .filteredOn(ChatAnswered.class::isInstance)
                .extracting(Contract::keyOf)
                .containsExactly("held");
    }

    private static List<Presence> statuses(String agent) {
        return heard(Topics.AGENTS).stream()
                .filter(AgentStatusChanged.class::isInstance)
                .map(AgentStatusChanged.class::cast)
                .filter(status -> status.getAgentId().equals(agent))
                .map(AgentStatusChanged::getPresence)
                .toList();
    }

    private static boolean accepted(OfferMade offer) {
        return heard(Topics.AGENTS).stream()
                .anyMatch(
                        event ->
                                event instanceof OfferAccepted accepted
                                        && accepted.getOfferId().equals(offer.getOfferId()));
    }

    /** An offer that the agent is going to take. */
    private static OfferMade offer(String agent, String contact, Channel channel) {
        Instant now = Instant.now();
        String id =
                IntStream.iterate(0, number -> number + 1)
                        .mapToObj(number -> contact + "-" + number)
                        .filter(offer -> Reaction.to(offer, SEED).kind() == Reaction.Kind.TAKE)
                        .findFirst()
                        .orElseThrow();
        return OfferMade.newBuilder()
                .setAgentId(agent)
                .setOfferId(id)
                .setContactId(contact)
                .setChannel(channel)
                .setLanguage("en")
                .setPriority(Priority.NORMAL)
                .setDue(now.plusSeconds(8))
                .setOfferedAt(now)
                .setExpiresAt(now.plusSeconds(3))
                .build();
    }

    private static OfferClosed taken(OfferMade offer) {
        return new OfferClosed(
                offer.getAgentId(),
                offer.getOfferId(),
                offer.getContactId(),
                offer.getOfferedAt(),
                OfferOutcome.TAKEN,
                null);
    }

    private static void tell(SpecificRecord... events) {
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
            for (SpecificRecord event : events) {
                producer.send(
                        new ProducerRecord<>(Topics.DESKTOPS.name(), Contract.keyOf(event), event));
            }
        }
    }

    private static List<SpecificRecord> heard(Topic topic) {
        var values = new RegistryAvroDeserializer<SpecificRecord>();
        values.configure(
                Map.of("schema.registry.url", registry.url(), "specific.avro.reader", true), false);
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringDeserializer(),
                        values)) {
            var partitions = List.of(new TopicPartition(topic.name(), 0));
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
    private static final class Office implements AutoCloseable {

        private final KafkaDesktops desktops;
        private final Thread thread;

        Office(Handling handling) {
            desktops =
                    new KafkaDesktops(
                            broker.bootstrapServers(),
                            registry.url(),
                            new Agents(
                                    1, RULES, Duration.ofSeconds(20), contact -> handling, SEED));
            thread = Thread.ofPlatform().start(desktops::work);
        }

        @Override
        public void close() throws InterruptedException {
            desktops.close();
            thread.join();
        }
    }
}
