package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.door.EventWindow;
import guichet.schemas.Principal;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The desk of docker-compose.secured.yml works, and nobody comes in without a name. What only waits
 * does so beside the others, most of which are work for a processor.
 */
@EnabledIfSystemProperty(named = DeskUnderTest.CHOICE, matches = ComposedDesk.SECURED)
class SecuredComposeTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BROKER = "localhost:9092";

    private static ComposedDesk desk;
    private static Customers customers;
    private static URI routing;
    private static String agentsToken;

    @BeforeAll
    static void start() throws Exception {
        desk = ComposedDesk.startSecured();
        System.out.printf(
                "SecuredComposeTest: healthy after %d s%n", desk.timeToHealth().toSeconds());
        customers = new Customers(desk.intake(), desk.identity());
        routing = URI.create("http://localhost:" + desk.ports().routing());
        agentsToken =
                HTTP.send(
                                HttpRequest.newBuilder(desk.identity().resolve("/token/agent"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
    }

    @AfterAll
    static void stop() {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aContactGoesThroughTheWholeDesk() {
        int stated =
                asAgent(
                        "PUT",
                        "/api/agents/me/status",
                        """
                        {"presence": "AVAILABLE", "languages": ["en"], "capacity": {"CHAT": 1}}
                        """);
        assertThat(stated).isEqualTo(204);
        String id;
        try (EventWindow desktop =
                EventWindow.open(
                        routing.resolve("/api/agents/me/offers"), agentsToken, Optional.empty())) {
            id =
                    customers
                            .post(
                                    "/api/chats",
                                    "team",
                                    UUID.randomUUID().toString(),
                                    Map.of("language", "en", "question", "How do I add a page?"))
                            .id();
            await("an offer of it")
                    .atMost(LONG_ENOUGH)
                    .until(
                            () ->
                                    desktop.events().stream()
                                            .anyMatch(event -> event.data().contains(id)));
        }
        assertThat(asAgent("POST", "/api/offers/" + id + "/1/accept", "")).isIn(200, 202);
        await("the agent has it")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(asAgent("POST", "/api/contacts/" + id + "/answered", ""))
                                        .isEqualTo(204));

        await("the target is met")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () -> assertThat(kindsOnTopic(Topics.SLA, id)).contains("ResponseMet"));
        await("it has become a ticket")
                .atMost(LONG_ENOUGH)
                .until(() -> shown(id).get("state").stringValue().equals("CONVERTED"));
        String ticket = shown(id).get("convertedTo").stringValue();
        await("the ticket is seen")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(
                                                customers
                                                        .get("/api/requests/" + ticket, "team")
                                                        .status())
                                        .isEqualTo(200));
    }

    @Test
    void aServiceIsRefusedWhereItHasNoBusiness() {
        try (var escalation = producer(signedIn(Principal.ESCALATION))) {
            assertThatThrownBy(() -> write(escalation, Topics.SLA))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void aChannelWritesWhereItMay() throws Exception {
        try (var channel = producer(signedIn(Principal.CHANNELS))) {
            write(channel, Topics.CHATS);
        }
    }

    @Test
    void nobodyComesInWithAnothersPassword() {
        Map<String, Object> client =
                SecuredBroker.client(
                        BROKER,
                        secret("ca.crt"),
                        Principal.ROUTING.user(),
                        secret("kafka-setup/passwords/" + Principal.CHANNELS.user()));

        assertThatThrownBy(() -> describe(client))
                .hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"PLAINTEXT", "SSL"})
    void nobodyComesInWithoutAName(String protocol) {
        Map<String, Object> client = signedIn(Principal.ROUTING);
        client.put(AdminClientConfig.SECURITY_PROTOCOL_CONFIG, protocol);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);

        assertThatThrownBy(() -> describe(client)).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void brokersMeetOnlyThoseWhomTheirAuthorityKnowsAndKeepEachTopicOnThree() {
        String said =
                desk.bash(
                        "kafka-1",
                        """
                        topics() {
                            /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka-1:19093 --command-config "$1" --describe 2>&1
                        }
                        known=/etc/kafka/secrets/client.properties
                        grep -v keystore $known >/tmp/nobody.properties
                        topics $known
                        topics /tmp/nobody.properties | grep -o SslAuthenticationException | head -n 1
                        """);

        assertThat(said)
                .contains("Topic: support.tickets")
                .endsWith("SslAuthenticationException\n");
        assertThat(said.lines().filter(line -> line.contains("ReplicationFactor:")))
                .allMatch(line -> line.contains("ReplicationFactor: 3"));
    }

    @Test
    void theDatabaseTakesNobodyInTheClear() {
        String said =
                desk.bash(
                        "postgres",
                        """
                        export PGPASSWORD=$(</run/secrets/guichet/password)
                        asked="host=postgres user=guichet dbname=guichet sslrootcert=/run/secrets/guichet/ca.crt"
                        psql "$asked sslmode=verify-full" -Atc "select 'let in'"
                        psql "$asked sslmode=disable" -Atc 'select 1' 2>&1 | grep -o 'no encryption'
                        """);

        assertThat(said).isEqualTo("let in\nno encryption\n");
    }

    @Test
    void theRegistryAnswersNobodyInTheClear() {
        assertThatThrownBy(
                        () ->
                                HTTP.send(
                                        HttpRequest.newBuilder(
                                                        URI.create(
                                                                desk.registryUrl() + "/subjects"))
                                                .build(),
                                        BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void secretsAreOnlyInFilesAndEachServiceHasNoneButItsOwn() throws IOException {
        String containers = desk.inspect();

        try (Stream<Path> passwords =
                Files.list(ComposedDesk.SECRETS.resolve("kafka-setup/passwords"))) {
            assertThat(passwords.map(SecuredComposeTest::text)).noneMatch(containers::contains);
        }
        assertThat(containers).doesNotContain(secret("postgres/password"));
        assertThat(desk.bash("escalation-1", "ls /run/secrets/guichet"))
                .isEqualTo("guichet.kafka.ca\nguichet.kafka.password\ntrust.p12\n");
    }

    /** To topics, as an administrator; of the changelogs that are found, to one of each service. */
    @Test
    void theSettingsOfThePageForOperationsAreTaken() throws IOException {
        assertThat(asAdministrator(found("       for topic in support.*?\n\n")))
                .contains(
                        "config for topic support.tickets",
                        "config for topic escalation-service-conversations-changelog");
        String changelogs =
                found("       for topic in \\$\\(.*?\n\n")
                        .replace(
                                "-changelog$'",
                                "-changelog$' | tee /tmp/found | sort -u -t - -k 1,1");
        assertThat(asAdministrator(changelogs + "\ncat /tmp/found"))
                .contains(
                        "config for topic routing-service-",
                        "config for topic sla-monitor-service-",
                        "config for topic escalation-service-",
                        "\nescalation-service-conversations-changelog\n");
    }

    /** Each command of Kafka's is a JVM: the first leaves the others its classes. */
    private static String asAdministrator(String commands) {
        return desk.bash(
                "kafka-1",
                """
                PATH=/opt/kafka/bin:$PATH
                classes="-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=/tmp/tools.jsa"
                export JDK_JAVA_OPTIONS="$JDK_JAVA_OPTIONS $classes"
                """
                        + commands.replace(
                                "broker-1:9092",
                                "kafka-1:19093 --command-config /etc/kafka/secrets/client.properties"));
    }

    /**
     * To a copy of it, so that the desk is left alone. The registry's schemas are in it as well.
     */
    @Test
    void theCommandsOfThePageForOperationsSaveAndMendTheDatabase() throws IOException {
        String copy = "user=guichet dbname=restored";
        String said =
                desk.bash(
                        "postgres",
                        String.join(
                                "\n",
                                "set -eu; cd /tmp; createdb --username=guichet restored",
                                command("pg_dump", "user=guichet dbname=guichet"),
                                command("pg_restore", copy),
                                "psql '"
                                        + copy
                                        + "' -c \"select distinct 'restored ' || schemaname from pg_tables\"",
                                command("psql <database> -c 'update", copy),
                                command("psql <database> -c 'truncate", copy)));

        assertThat(said)
                .contains("restored guichet", "restored public", "UPDATE", "TRUNCATE TABLE");
    }

    /** A command of the page for operations; it ends with its line, or the code in it. */
    private static String command(String beginning, String database) throws IOException {
        return found(Pattern.quote(beginning) + "[^`\n]*")
                .replace("<database>", "'" + database + "'");
    }

    private static String found(String pattern) throws IOException {
        Matcher page =
                Pattern.compile(pattern, Pattern.DOTALL)
                        .matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        assertThat(page.find()).as(pattern).isTrue();
        return page.group();
    }

    private static int asAgent(String method, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(routing.resolve(path))
                        .header("Authorization", "Bearer " + agentsToken)
                        .method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode shown(String id) {
        return customers.get("/api/requests/" + id, "team").body();
    }

    private static Map<String, Object> signedIn(Principal principal) {
        return SecuredBroker.client(
                BROKER,
                secret("ca.crt"),
                principal.user(),
                secret("kafka-setup/passwords/" + principal.user()));
    }

    /** What a topic, read as intake may, has said of a contact. */
    private static List<String> kindsOnTopic(Topic topic, String id) {
        Map<String, Object> client = signedIn(Principal.INTAKE);
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (var consumer =
                new KafkaConsumer<>(
                        client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(
                    consumer.partitionsFor(topic.name()).stream()
                            .map(it -> new TopicPartition(it.topic(), it.partition()))
                            .toList());
            List<String> kinds = new ArrayList<>();
            for (var records = consumer.poll(Duration.ofSeconds(1));
                    !records.isEmpty();
                    records = consumer.poll(Duration.ofMillis(100))) {
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (new String(record.key(), UTF_8).equals(id)) {
                        kinds.add(kind(record));
                    }
                }
            }
            return kinds;
        }
    }

    private static String kind(ConsumerRecord<byte[], byte[]> record) {
        String type = new String(record.headers().lastHeader("ce_type").value(), UTF_8);
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private static void describe(Map<String, Object> client)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client)) {
            admin.describeTopics(List.of(Topics.CHATS.name())).allTopicNames().get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
        return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void write(KafkaProducer<byte[], byte[]> producer, Topic topic)
            throws ExecutionException, InterruptedException {
        byte[] something = {1};
        producer.send(new ProducerRecord<>(topic.name(), something, something)).get();
    }

    private static String secret(String name) {
        return text(ComposedDesk.SECRETS.resolve(name));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
