package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.acceptance.DeskProcesses.Copy;
import guichet.acceptance.DeskProcesses.Part;
import guichet.localstack.platform.Postgres;
import guichet.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * My requests (C3) as customers see them through two copies of intake on one PostgreSQL, which is
 * killed, and of which the requests are then read again (ADR 11).
 */
class ReadModelTest {

    private static final List<String> CUSTOMERS = List.of("ana", "bo", "cid");
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /** By customer, what was sent, in the order of sending. */
    private final Map<String, List<String>> sent = new HashMap<>();

    private DeskProcesses desk;
    private Postgres postgres;
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        Path data = DeskProcesses.temporaryData();
        folder = data.resolve("postgres");
        postgres = Postgres.start(folder);
        desk = DeskProcesses.start(data, 2, "demo", Part.BROKER);
        desk.set("guichet.requests.url", postgres.jdbcUrl());
        desk.set("spring.kafka.streams.properties.num.standby.replicas", "0");
        desk.start(
                Stream.concat(
                                Stream.of(new Copy(Part.ROUTING, 0), new Copy(Part.SLA_MONITOR, 0)),
                                desk.copiesOf(Part.INTAKE).stream())
                        .toList());
        desk.awaitReady();
    }

    @AfterEach
    void stop() throws IOException {
        if (desk != null) {
            desk.close();
        }
        postgres.close();
    }

    @Test
    void c3_listsAreWholeThroughEitherCopyAndAfterPostgresWasKilledAndAfterAllIsReadAgain()
            throws Exception {
        Customers one = desk.doors().get(0);
        Customers other = desk.doors().get(1);

        awaitLists(one, other);
        awaitSharedReading();
        for (String customer : CUSTOMERS) {
            String throughOne = send(one, customer);
            awaitSeen(other, customer, throughOne);
            String throughOther = send(other, customer);
            awaitSeen(one, customer, throughOther);
        }
        String takenBack = sendChat(one, "ana");
        assertThat(one.delete("/api/requests/" + takenBack, account("ana")).status())
                .isEqualTo(204);
        areListed(one, other);

        killPostgres();
        for (String customer : CUSTOMERS) {
            send(one, customer);
            send(other, customer);
        }
        for (Customers door : List.of(one, other)) {
            Customers.Reply refused = door.get("/api/requests", account("ana"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.retryAfter()).isEqualTo("5");
        }
        postgres = Postgres.start(folder, port(postgres));
        awaitLists(one, other);
        await("the lists catch up").atMost(LONG_ENOUGH).untilAsserted(() -> areListed(one, other));

        Map<String, JsonNode> before = lists(one);
        desk.stop(Part.INTAKE);
        desk.set("guichet.requests.edition", "2");
        desk.start(Part.INTAKE);
        desk.awaitReady();
        await("all is read again")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () -> {
                            assertThat(lists(one)).isEqualTo(before);
                            assertThat(lists(other)).isEqualTo(before);
                        });
        areListed(one, other);
        assertThat(
                        one.get("/api/requests/" + takenBack, account("ana"))
                                .body()
                                .get("state")
                                .stringValue())
                .isEqualTo("WITHDRAWN");
    }

    /** Each partition is read by one copy, and each copy reads some. */
    private void awaitSharedReading() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", desk.bootstrapServers()))) {
            await("the copies share the reading")
                    .atMost(LONG_ENOUGH)
                    .untilAsserted(
                            () -> {
                                List<Set<TopicPartition>> shares = shares(admin);
                                assertThat(shares).hasSize(2).noneMatch(Set::isEmpty);
                                assertThat(shares.stream().flatMap(Set::stream))
                                        .doesNotHaveDuplicates()
                                        .filteredOn(it -> it.topic().equals(Topics.TICKETS.name()))
                                        .hasSize(DeskProcesses.PARTITIONS);
                            });
        }
    }

    private static List<Set<TopicPartition>> shares(Admin admin) throws Exception {
        String group = "intake-service.requests.guichet";
        return admin
                .describeConsumerGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get()
                .members()
                .stream()
                .map(MemberDescription::assignment)
                .map(share -> share.topicPartitions())
                .toList();
    }

    /** Each contact once, the newest first, through either copy. */
    private void areListed(Customers... doors) {
        for (Customers door : doors) {
            for (String customer : CUSTOMERS) {
                assertThat(ids(door, customer)).isEqualTo(sent.get(customer).reversed());
            }
        }
    }

    private void awaitSeen(Customers door, String customer, String id) {
        await("seen at once")
                .atMost(AT_ONCE)
                .untilAsserted(() -> assertThat(ids(door, customer)).startsWith(id));
    }

    private static void awaitLists(Customers... doors) {
        for (Customers door : doors) {
            await("PostgreSQL is known to be there")
                    .atMost(LONG_ENOUGH)
                    .until(() -> door.get("/api/requests", account("ana")).status() == 200);
        }
    }

    private Map<String, JsonNode> lists(Customers door) {
        Map<String, JsonNode> lists = new HashMap<>();
        CUSTOMERS.forEach(customer -> lists.put(customer, list(door, customer)));
        return lists;
    }

    private static List<String> ids(Customers door, String customer) {
        return list(door, customer)
                .get("requests")
                .valueStream()
                .map(request -> request.get("id").stringValue())
                .toList();
    }

    private static JsonNode list(Customers door, String customer) {
        Customers.Reply reply = door.get("/api/requests?limit=50", account(customer));
        assertThat(reply.status()).isEqualTo(200);
        return reply.body();
    }

    private String send(Customers door, String customer) {
        return sent(
                door,
                "/api/tickets",
                customer,
                Map.of(
                        "impact",
                        "LOW",
                        "language",
                        "es",
                        "description",
                        "¿Cómo añado una página?"));
    }

    private String sendChat(Customers door, String customer) {
        return sent(door, "/api/chats", customer, Map.of("language", "pt", "question", "Como?"));
    }

    private String sent(Customers door, String path, String customer, Map<String, ?> body) {
        Customers.Reply reply =
                door.post(path, account(customer), UUID.randomUUID().toString(), body);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        sent.computeIfAbsent(customer, none -> new ArrayList<>()).add(reply.id());
        return reply.id();
    }

    private static String account(String customer) {
        return "team?sub=" + customer;
    }

    /** With all its processes, as when the machine fails: they have no time to write anything. */
    private void killPostgres() throws IOException {
        String pid = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip();
        ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        List<ProcessHandle> all = Stream.concat(Stream.of(server), server.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
        // Which lets go of the folder; there is nothing left to stop.
        postgres.close();
    }

    private static int port(Postgres postgres) {
        return URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort();
    }
}
