package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import guichet.schemas.Access;
import guichet.schemas.Principal;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.tools.AclCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.File;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/** A real broker lets every principal do what the catalogue says, and refuses all else. */
@Execution(ExecutionMode.CONCURRENT)
class KafkaAccessTest {

    /** A lock: whoever takes all access away is alone with it. */
    private static final String ACCESS = "what principals may do";

    @TempDir static Path folder;
    private static SecuredBroker broker;

    private interface Attempt {
        void run() throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(folder.resolve("kafka"), 1);
        try (var admin = producer(broker.adminsClient())) {
            for (Topic topic : Topics.all()) {
                byte[] something = {1};
                admin.send(new ProducerRecord<>(topic.name(), something, something)).get();
            }
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    @ResourceLock(value = ACCESS, mode = ResourceAccessMode.READ)
    void aPrincipalWritesWhereTheCatalogueSaysAndIsRefusedElsewhere(Principal principal) {
        try (var producer = producer(broker.client(principal))) {
            for (Topic topic : Topics.all()) {
                assertThat(isAllowed(() -> write(producer, topic)))
                        .as("%s writes %s", principal, topic.name())
                        .isEqualTo(topic.writers().contains(principal));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @ResourceLock(value = ACCESS, mode = ResourceAccessMode.READ)
    void aPrincipalReadsWhatTheCatalogueSaysAndIsRefusedElsewhere(Principal principal) {
        try (var consumer = consumer(broker.client(principal))) {
            for (Topic topic : Topics.all()) {
                assertThat(isAllowed(() -> read(consumer, topic)))
                        .as("%s reads %s", principal, topic.name())
                        .isEqualTo(topic.readers().contains(principal));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @ResourceLock(value = ACCESS, mode = ResourceAccessMode.READ)
    void groupsTransactionsAndTopicsOfItsOwnAreForAPrincipalThatNeedsThemAndNobodyElse(
            Principal principal) {
        boolean streams =
                List.of(Principal.ROUTING, Principal.SLA_MONITOR, Principal.ESCALATION)
                        .contains(principal);
        boolean groups = streams || principal != Principal.CHANNELS;
        try (Admin admin = Admin.create(broker.client(principal))) {
            for (Principal owner : Principal.values()) {
                boolean own = owner == principal;
                String name = owner.user() + "-x";
                assertThat(isAllowed(() -> admin.listConsumerGroupOffsets(name).all().get()))
                        .as("%s has group %s", principal, name)
                        .isEqualTo(own && groups);
                assertThat(isAllowed(() -> create(admin, name)))
                        .as("%s creates %s", principal, name)
                        .isEqualTo(own && streams);
                assertThat(isAllowed(() -> begin(principal, name)))
                        .as("%s has transactions %s", principal, name)
                        .isEqualTo(own && streams);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @ResourceLock(value = ACCESS, mode = ResourceAccessMode.READ)
    void nobodyCreatesOrDeletesATopicOfTheDeskOrGivesAccess(Principal principal) {
        try (Admin admin = Admin.create(broker.client(principal))) {
            assertThat(isAllowed(() -> create(admin, "support.more"))).isFalse();
            for (Topic topic : Topics.all()) {
                assertThat(isAllowed(() -> admin.deleteTopics(List.of(topic.name())).all().get()))
                        .isFalse();
            }
            assertThat(isAllowed(() -> admin.createAcls(Access.of(principal)).all().get()))
                    .isFalse();
        }
    }

    @Test
    @ResourceLock(value = ACCESS, mode = ResourceAccessMode.READ)
    void nobodyComesInWithAnotherPasswordOrWithoutOne() {
        Map<String, Object> wrong = broker.client(Principal.ROUTING);
        wrong.put(
                "sasl.jaas.config",
                wrong.get("sasl.jaas.config").toString().replaceFirst("password=\"", "$0x"));

        try (Admin admin = Admin.create(wrong)) {
            assertThat(admin.listTopics().names().toCompletionStage().toCompletableFuture())
                    .failsWithin(LONG_ENOUGH)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    @ResourceLock(ACCESS)
    void theScriptForKafkasOwnToolsGivesTheSame(@TempDir Path bin) throws Exception {
        try (Admin admin = Admin.create(broker.adminsClient())) {
            admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
            SecuredBroker.awaitAccess(admin, List.of());

            for (List<String> command : commandsOfTheScript(bin)) {
                AclCommand.main(command.toArray(String[]::new));
            }

            SecuredBroker.awaitAccess(admin, SecuredBroker.catalogue());
        }
    }

    /** What deploy/kafka/acls.sh has kafka-acls.sh do. */
    private static List<List<String>> commandsOfTheScript(Path bin) throws Exception {
        Path tool = Files.writeString(bin.resolve("kafka-acls.sh"), "#!/bin/sh\necho \"$*\"\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Path client = bin.resolve("client.properties");
        Properties properties = new Properties();
        properties.putAll(broker.adminsClient());
        try (Writer file = Files.newBufferedWriter(client)) {
            properties.store(file, null);
        }
        ProcessBuilder script =
                new ProcessBuilder(
                        Path.of("..", "deploy", "kafka", "acls.sh").toString(),
                        broker.bootstrapServers(),
                        client.toString());
        script.environment().merge("PATH", bin + File.pathSeparator, (path, own) -> own + path);
        Process running = script.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<List<String>> commands =
                running.inputReader().lines().map(line -> List.of(line.split(" "))).toList();
        assertThat(running.waitFor()).isZero();
        return commands;
    }

    private static boolean isAllowed(Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (AuthorizationException refused) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            return fail(e);
        } catch (KafkaException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            return fail(e);
        } catch (Exception e) {
            return fail(e);
        }
    }

    /** A record of three hours ahead: who may write hears that no topic takes it. */
    private static void write(KafkaProducer<byte[], byte[]> producer, Topic topic)
            throws Exception {
        long ahead = System.currentTimeMillis() + Duration.ofHours(3).toMillis();
        byte[] something = {1};
        try {
            producer.send(new ProducerRecord<>(topic.name(), null, ahead, something, something))
                    .get();
            fail(topic.name() + " took a record of three hours ahead");
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof InvalidTimestampException)) {
                throw e;
            }
        }
    }

    private static void read(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        TopicPartition first = new TopicPartition(topic.name(), 0);
        consumer.assign(List.of(first));
        consumer.seekToBeginning(List.of(first));
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (isEmpty(consumer, topic)) {
            assertThat(System.nanoTime()).as("still nothing on %s", topic.name()).isLessThan(end);
        }
    }

    /** A late answer about a topic before is none about this one. */
    private static boolean isEmpty(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        try {
            return consumer.poll(Duration.ofMillis(100)).isEmpty();
        } catch (TopicAuthorizationException refused) {
            if (refused.unauthorizedTopics().contains(topic.name())) {
                throw refused;
            }
            return true;
        }
    }

    private static void create(Admin admin, String name) throws Exception {
        admin.createTopics(
                        List.of(new NewTopic(name, 1, (short) 1)),
                        new CreateTopicsOptions().validateOnly(true))
                .all()
                .get();
    }

    private static void begin(Principal principal, String transactionalId) {
        Map<String, Object> config = broker.client(principal);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        try (var producer = producer(config)) {
            producer.initTransactions();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
        return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> client) {
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(
                client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
