package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.acceptance.Expected.Wanted;
import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactQueued;
import guichet.events.ResponseDueChanged;
import guichet.events.TicketAnswered;
import guichet.judge.Verdict;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Customers and agents go on with their day on the desk of docker-compose.yml while its parts are
 * stopped, cut off, killed and restarted, in an order of chance. Whoever is told 503, or nothing,
 * asks again under the same key; each who is told 201 is queued once and has the right outcome, and
 * finds the request among the own ones.
 */
@EnabledIfSystemProperty(named = DeskUnderTest.CHOICE, matches = ComposedDesk.CHOSEN)
@OnTheWholeDesk
class HardTimesTest {

    private static final SupportPolicy POLICY = SupportPolicy.load("demo");

    /** Fourteen containers that start again have two processors for that, and for these. */
    private static final Duration BETWEEN_ARRIVALS = Duration.ofMillis(400);

    private static final int CONTACTS_OF_A_MINUTE = 150;
    private static final int CONTACTS_OF_SECONDS = 25;

    /** Brokers and services share two processors. */
    private static final Duration LONGEST_CATCHING_UP = Duration.ofMinutes(8);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

    private static final List<Class<? extends SpecificRecord>> SAID_BY_AGENTS =
            List.of(
                    TicketAnswered.class,
                    ChatAnswered.class,
                    ChatEnded.class,
                    CallAnswered.class,
                    CallEnded.class);

    /** What happens, and what is done so that it does; afterwards all runs again. */
    private record Outage(String name, Runnable course) {}

    private final long seed = Long.getLong("guichet.hard.seed", System.nanoTime());
    private final long began = System.nanoTime();

    private final ComposedDesk desk;
    private final Customers customers;
    private final DeskLog log;
    private final Day day;
    private final Admin admin;

    HardTimesTest(WholeDesk.Running running) {
        desk = (ComposedDesk) running.desk();
        customers = running.customers();
        log = running.log();
        day = new Day(List.of(customers), running.agents(), POLICY, BETWEEN_ARRIVALS);
        admin =
                Admin.create(
                        Map.of(
                                "bootstrap.servers",
                                desk.bootstrapServers(),
                                "request.timeout.ms",
                                5_000));
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void nothingIsLostDoubledOrFalselyBreachedWhicheverPartsAreAway() throws Exception {
        System.out.printf("HardTimesTest: -Dguichet.hard.seed=%d%n", seed);
        Reckoning reckoning = new Reckoning(desk, log, POLICY);
        day.begin(new Random(seed));
        awaitAllThatAgentsEverSay();

        List<Outage> outages = outages();
        for (Outage outage : outages.subList(0, outages.size() - 1)) {
            liveThrough(outage);
            awaitCaughtUp();
        }
        // The reckoning asks the same, and more.
        liveThrough(outages.getLast());
        Collection<Expected> accepted = day.end();
        say("the day is over, %d contacts were accepted", accepted.size());

        Verdict verdict = reckoning.awaitNothingWrong(accepted);
        assertThat(contactsOf(ContactQueued.class))
                .filteredOn(Set.copyOf(day.accepted())::contains)
                .doesNotHaveDuplicates();
        assertThat(accepted).extracting(Expected::breached).contains(Wanted.YES, Wanted.NO);
        assertThat(accepted).extracting(Expected::converted).contains(Wanted.YES, Wanted.NO);
        assertThat(ownRequests()).doesNotHaveDuplicates().containsAll(day.accepted());
        assertThat(alertsRaised()).contains("UnderReplicated", "TargetDown", "RequestListsAway");
        say(
                "%d of them answered too near an outage to tell; %s",
                accepted.stream().filter(it -> it.breached() == Wanted.EITHER).count(),
                verdict.summary());
    }

    /** Whoever meets a kind of event for the first time needs the registry. */
    private void awaitAllThatAgentsEverSay() {
        await("agents have answered and ended chats and calls, and answered tickets")
                .atMost(LONGEST_CATCHING_UP)
                .until(
                        () ->
                                SAID_BY_AGENTS.stream()
                                        .allMatch(
                                                kind ->
                                                        contactsOf(kind).stream()
                                                                .anyMatch(
                                                                        day.accepted()::contains)));
    }

    private List<Outage> outages() {
        Random random = new Random(seed);
        List<String> brokers = shuffled(random, "kafka-1", "kafka-2", "kafka-3");
        List<String> copies =
                shuffled(
                        random,
                        "routing-1",
                        "routing-2",
                        "sla-monitor-1",
                        "sla-monitor-2",
                        "escalation-1",
                        "escalation-2");
        List<Outage> outages =
                new ArrayList<>(
                        List.of(
                                new Outage(
                                        "registry and PostgreSQL are away for a minute; meanwhile %s is cut off, then %s stops and %s is killed"
                                                .formatted(
                                                        brokers.get(0),
                                                        brokers.get(1),
                                                        copies.get(0)),
                                        () ->
                                                aMinuteWithoutRegistryAndDatabase(
                                                        brokers, copies.get(0))),
                                new Outage(
                                        "everything is restarted in turn",
                                        () -> restartInTurn(brokers))));
        Collections.shuffle(outages, random);
        return outages;
    }

    private static List<String> shuffled(Random random, String... services) {
        List<String> shuffled = new ArrayList<>(List.of(services));
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private void liveThrough(Outage outage) {
        say("%s", outage.name());
        Instant from = Instant.now();
        outage.course().run();
        awaitWhole();
        say(
                "all is there again after %d s; the longest wait for a 201 was %d ms",
                Duration.between(from, Instant.now()).toSeconds(),
                day.longestAskedSince(from).toMillis());
    }

    private void aMinuteWithoutRegistryAndDatabase(List<String> brokers, String copy) {
        int before = day.accepted().size();
        desk.command("stop", "registry", "postgres");
        desk.cutOff(brokers.get(0));
        await(brokers.get(0) + " is missed")
                .atMost(LONGEST_CATCHING_UP)
                .pollInterval(BETWEEN_QUESTIONS)
                .ignoreExceptions()
                .until(
                        () ->
                                partitions()
                                        .noneMatch(
                                                partition -> isInSync(brokers.get(0), partition)));
        day.awaitMoreContacts(CONTACTS_OF_SECONDS);
        desk.reconnect(brokers.get(0));
        awaitAllOnThreeBrokers();
        desk.command("stop", brokers.get(1));
        desk.command("kill", copy);
        day.awaitMoreContacts(CONTACTS_OF_SECONDS);
        desk.command("start", brokers.get(1), copy);
        int since = day.accepted().size() - before;
        day.awaitMoreContacts(Math.max(0, CONTACTS_OF_A_MINUTE - since));
        desk.command("start", "postgres", "registry");
    }

    /** As docs/operations.md says: what is restarted is whole before its like is. */
    private void restartInTurn(List<String> brokers) {
        restart(brokers.get(0), "postgres", "registry");
        restart(brokers.get(1), "routing-1", "sla-monitor-1", "escalation-1");
        restart(brokers.get(2), "routing-2", "sla-monitor-2", "escalation-2", "intake");
    }

    private void restart(String... services) {
        say("  %s", String.join(", ", services));
        desk.command("restart", services);
        awaitWhole();
    }

    private void awaitWhole() {
        desk.awaitHealthy();
        awaitAllOnThreeBrokers();
    }

    private void awaitAllOnThreeBrokers() {
        await("every partition is on three brokers again")
                .atMost(LONGEST_CATCHING_UP)
                .pollInterval(BETWEEN_QUESTIONS)
                .ignoreExceptions()
                .until(
                        () ->
                                partitions()
                                        .allMatch(
                                                partition ->
                                                        partition.isr().size()
                                                                == partition.replicas().size()));
    }

    private void awaitCaughtUp() {
        List<String> accepted = day.accepted();
        Instant from = Instant.now();
        await("every contact that was accepted is queued and timed")
                .atMost(LONGEST_CATCHING_UP)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_QUESTIONS)
                .untilAsserted(
                        () -> {
                            assertThat(contactsOf(ContactQueued.class)).containsAll(accepted);
                            assertThat(contactsOf(ResponseDueChanged.class)).containsAll(accepted);
                        });
        say(
                "all have been queued and timed %d ms later",
                Duration.between(from, Instant.now()).toMillis());
    }

    private List<String> contactsOf(Class<? extends SpecificRecord> kind) {
        return log.events(kind).map(Contract::keyOf).toList();
    }

    private Stream<TopicPartitionInfo> partitions() throws Exception {
        Set<String> topics =
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream());
    }

    /** A broker's number is the last of its name. */
    private static boolean isInSync(String broker, TopicPartitionInfo partition) {
        return partition.isr().stream().anyMatch(node -> broker.equals("kafka-" + node.id()));
    }

    /** Mostly but pending ones, as no outage lasts for as long as an alert takes to be sure. */
    private List<String> alertsRaised() throws Exception {
        return desk.series("count by (alertname) (count_over_time(ALERTS[1h]))").stream()
                .map(alert -> alert.at("/metric/alertname").asString())
                .toList();
    }

    /** All pages of what the customer sees. */
    private List<String> ownRequests() {
        List<String> ids = new ArrayList<>();
        JsonNode page = customers.get("/api/requests?limit=100", "basic").body();
        while (true) {
            page.get("requests").forEach(request -> ids.add(request.get("id").asString()));
            JsonNode next = page.get("next");
            if (next.isNull()) {
                return ids;
            }
            page =
                    customers
                            .get("/api/requests?limit=100&cursor=" + next.asString(), "basic")
                            .body();
        }
    }

    private void say(String what, Object... details) {
        System.out.printf(
                "HardTimesTest: %3d s, %s%n",
                Duration.ofNanos(System.nanoTime() - began).toSeconds(), what.formatted(details));
    }
}
