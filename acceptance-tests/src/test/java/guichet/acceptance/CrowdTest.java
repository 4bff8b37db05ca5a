package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.acceptance.DeskProcesses.Copy;
import guichet.acceptance.DeskProcesses.Part;
import guichet.events.ContactAssigned;
import guichet.events.ContactQueued;
import guichet.events.ContactReleased;
import guichet.judge.Evidence;
import guichet.judge.Verdict;
import guichet.localstack.traffic.DemoTraffic;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two hundred agents serve a crowd, by the demo's simulator and the demo's policy of seconds, while
 * one or the other of two routing copies is killed every few seconds. The judge reads the whole log
 * afterwards: nothing accepted is lost, nobody holds what another holds or more than there is room
 * for.
 */
class CrowdTest {

    private static final SupportPolicy POLICY = SupportPolicy.load("demo");
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final int AGENTS_PER_LANGUAGE = 67;
    private static final int AGENTS = 3 * AGENTS_PER_LANGUAGE;
    private static final double SIXTY_CONTACTS_A_SECOND = 40;

    private static final int CALM_CONTACTS = 100;
    private static final int FEWEST_BETWEEN_KILLS = 300;
    private static final int MORE_BETWEEN_KILLS = 600;

    private static final List<Copy> DESK =
            List.of(
                    new Copy(Part.BROKER, 0),
                    new Copy(Part.INTAKE, 0),
                    new Copy(Part.ROUTING, 0),
                    new Copy(Part.ROUTING, 1),
                    new Copy(Part.SLA_MONITOR, 0),
                    new Copy(Part.ESCALATION, 0));

    /** The longest conversations, their tickets, and what waited while no copy was there. */
    private static final Duration SETTLING = Duration.ofMinutes(10);

    /** More come than are served, so that queues grow: English's agents are the last to be done. */
    private static final Duration SETTLING_A_CONTACT = Duration.ofMillis(50);

    private static final Duration LONGEST_WITHOUT_CUSTOMERS = Duration.ofMinutes(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Agents and what they say share two processors with the whole desk. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

    private final int contacts = Integer.getInteger("guichet.crowd.contacts", 1_000);
    private final long seed = Long.getLong("guichet.crowd.seed", System.nanoTime());

    /** Ids of the contacts that were answered with 201. */
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();

    private int kills;

    @Test
    void nobodyIsForgottenOrHeldTwiceWhileCopiesOfRoutingAreKilled() throws Exception {
        System.out.printf(
                "CrowdTest: -Dguichet.crowd.contacts=%d -Dguichet.crowd.seed=%d%n", contacts, seed);
        long began = System.nanoTime();
        try (DeskProcesses desk = DeskProcesses.start(DeskProcesses.temporaryData(), "demo", DESK);
                DemoTraffic crowd =
                        DemoTraffic.start(stage(desk), System.out::println, accepted::add);
                DeskLog log = new DeskLog(desk.bootstrapServers(), desk.registryUrl())) {
            awaitMore(crowd, CALM_CONTACTS);
            killOneAndTheOther(desk, crowd);
            crowd.endOfArrivals();

            awaitNobodyWaiting(desk);
            Verdict verdict = awaitNothingWrong(desk);

            log.readToTheEnd();
            assertThat(Expected.begun(log.entries())).containsAll(accepted);
            await("whoever was queued came to an agent, tickets from long conversations last")
                    .atMost(settling())
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    contactsOf(
                                                            log,
                                                            ContactAssigned.class,
                                                            ContactReleased.class))
                                            .containsAll(contactsOf(log, ContactQueued.class)));
            for (Copy copy : desk.copiesOf(Part.ROUTING)) {
                assertThat(agentsKnownTo(desk, copy)).as("known to %s", copy).isEqualTo(AGENTS);
            }
            System.out.printf(
                    "CrowdTest: %d kills, %d contacts accepted, %d s%nCrowdTest: %s%n",
                    kills,
                    accepted.size(),
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    verdict.summary());
        }
    }

    private static int agentsKnownTo(DeskProcesses desk, Copy copy) {
        return sum(queues(desk, copy).path("agents"));
    }

    private static int waiting(DeskProcesses desk) {
        return queues(desk, desk.copiesOf(Part.ROUTING).getFirst())
                .get("queues")
                .valueStream()
                .mapToInt(queue -> sum(queue.get("waiting")))
                .sum();
    }

    /** One copy runs the engine; the other passes the question on to it. */
    private static JsonNode queues(DeskProcesses desk, Copy copy) {
        return JSON.readTree(desk.ask(copy, "/api/queues"));
    }

    private static int sum(JsonNode counts) {
        return counts.valueStream().mapToInt(JsonNode::asInt).sum();
    }

    @SafeVarargs
    private static Set<String> contactsOf(DeskLog log, Class<? extends SpecificRecord>... kinds) {
        return Stream.of(kinds)
                .flatMap(log::events)
                .map(Contract::keyOf)
                .collect(Collectors.toSet());
    }

    /** In turn: of two in a row one ran the engine, wherever it went meanwhile. */
    private void killOneAndTheOther(DeskProcesses desk, DemoTraffic crowd) {
        Random random = new Random(seed);
        List<Copy> copies = desk.copiesOf(Part.ROUTING);
        int first = random.nextInt(copies.size());
        while (crowd.accepted() < contacts || kills < copies.size()) {
            List<Copy> victim = List.of(copies.get((first + kills) % copies.size()));
            desk.kill(victim);
            desk.start(victim);
            kills++;
            awaitMore(crowd, FEWEST_BETWEEN_KILLS + random.nextInt(MORE_BETWEEN_KILLS));
        }
    }

    private static void awaitMore(DemoTraffic crowd, int more) {
        int enough = crowd.accepted() + more;
        await("customers are served by intake")
                .atMost(LONGEST_WITHOUT_CUSTOMERS)
                .until(() -> crowd.accepted() >= enough);
    }

    /** The judge does not count as open who only waits for an agent. */
    private void awaitNobodyWaiting(DeskProcesses desk) {
        await("nobody waits any more; logs in " + desk.logs())
                .atMost(settling())
                .pollInterval(BETWEEN_LOOKS)
                .ignoreExceptions()
                .until(() -> waiting(desk) == 0);
    }

    private Duration settling() {
        return SETTLING.plus(SETTLING_A_CONTACT.multipliedBy(contacts));
    }

    private Verdict awaitNothingWrong(DeskProcesses desk) {
        return await("all comes to its end, and rightly; logs in " + desk.logs())
                .atMost(settling())
                .pollInterval(BETWEEN_LOOKS)
                .until(
                        () ->
                                Evidence.read(
                                                desk.bootstrapServers(),
                                                desk.registryUrl(),
                                                InstantSource.system())
                                        .judge(POLICY, Duration.ZERO, ON_THE_WAY),
                        verdict -> verdict.faults().isEmpty() && verdict.open() == 0);
    }

    private DemoTraffic.Stage stage(DeskProcesses desk) {
        Instant now = Instant.now();
        return new DemoTraffic.Stage(
                desk.bootstrapServers(),
                desk.registryUrl(),
                desk.intake(),
                desk::token,
                POLICY.conversationLimit(now),
                POLICY.offerRules(now),
                AGENTS_PER_LANGUAGE,
                seed,
                SIXTY_CONTACTS_A_SECOND);
    }
}
