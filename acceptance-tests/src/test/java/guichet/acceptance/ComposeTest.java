package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.AgentStatusChanged;
import guichet.events.ContactAssigned;
import guichet.events.Presence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The containers of docker-compose.yml are what they are meant to be. */
@EnabledIfSystemProperty(named = DeskUnderTest.CHOICE, matches = ComposedDesk.CHOSEN)
@OnTheWholeDesk
class ComposeTest {

    private static final String LARGEST_HEAPS =
            "sum by (instance) (jvm_memory_max_bytes{area=\"heap\"} > 0)";

    private static final double MIB = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ComposedDesk desk;
    private final DeskLog log;

    ComposeTest(WholeDesk.Running running) {
        this.desk = (ComposedDesk) running.desk();
        this.log = running.log();
    }

    @Test
    void itIsHealthyWithinTwoMinutes() {
        System.out.printf("ComposeTest: healthy after %d s%n", desk.timeToHealth().toSeconds());
        assertThat(desk.timeToHealth()).isLessThan(Duration.ofMinutes(2));
    }

    /** One that did may still be healthy in the end. */
    @Test
    void nothingEndsAndIsStartedAgainOnTheWay() {
        assertThat(desk.startedTwice()).isEmpty();
    }

    @Test
    void prometheusReachesEveryCopyOfEveryService() {
        await("all targets are up")
                .atMost(LONG_ENOUGH)
                .ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThat(targets())
                                        .containsExactlyInAnyOrder(
                                                "intake-service intake:9080 up",
                                                "routing-service routing-1:9080 up",
                                                "routing-service routing-2:9080 up",
                                                "sla-monitor-service sla-monitor-1:9080 up",
                                                "sla-monitor-service sla-monitor-2:9080 up",
                                                "escalation-service escalation-1:9080 up",
                                                "escalation-service escalation-2:9080 up"));
    }

    @ParameterizedTest
    @CsvSource({
        "intake, attachments",
        "routing-1, state",
        "sla-monitor-1, state",
        "escalation-1, state",
        "demo, state"
    })
    void aServiceRunsAsNobodyInParticularAndWritesNowhereButToItsVolume(
            String service, String volume) {
        String said =
                desk.bash(
                        service,
                        """
                        id -u
                        touch /opt/guichet/x 2>/dev/null || echo read-only
                        cd /var/lib/guichet/%s && touch x && rm x && echo written
                        """
                                .formatted(volume));

        assertThat(said).isEqualTo("10001\nread-only\nwritten\n");
    }

    @ParameterizedTest
    @CsvSource({
        "intake, intake-service",
        "routing-1, routing-service",
        "sla-monitor-1, sla-monitor-service",
        "escalation-1, escalation-service"
    })
    void eachLineThatAServiceWritesIsAnObjectThatTellsWhose(String container, String service) {
        assertThat(desk.said(container).lines())
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        line ->
                                assertThat(JSON.readTree(line).at("/service/name").asString())
                                        .as(line)
                                        .isEqualTo(service));
    }

    /** The rest of the 1 GiB is for what is not on the heap. */
    @Test
    void aServicesHeapIsHalfOfItsContainersMemory() {
        await("each copy has told of its heap")
                .atMost(LONG_ENOUGH)
                .ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThat(desk.series(LARGEST_HEAPS))
                                        .hasSize(7)
                                        .extracting(it -> it.at("/value/1").asDouble() / MIB)
                                        .allSatisfy(mib -> assertThat(mib).isBetween(490., 520.)));
    }

    @Test
    void everyTopicIsOnThreeBrokers() {
        String description =
                desk.bash(
                        "kafka-1",
                        "/opt/kafka/bin/kafka-topics.sh --bootstrap-server localhost:19092 --describe");

        assertThat(description.lines().filter(line -> line.startsWith("Topic: ")))
                .isNotEmpty()
                .allMatch(line -> line.contains("ReplicationFactor: 3"));
    }

    @Test
    void theCustomersOfTheDemoAreServedByItsAgentsWhoThenGoHome() {
        long assigned = log.events(ContactAssigned.class).count();
        long said = log.events(AgentStatusChanged.class).count();
        desk.command("up", "--detach", "--no-deps", "traffic");
        try {
            await("the demo's agents take contacts")
                    .atMost(LONG_ENOUGH)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> log.events(ContactAssigned.class).count() > assigned);
        } finally {
            desk.command("stop", "traffic");
            desk.command("rm", "--force", "traffic");
        }

        await("the demo's agents have gone home")
                .untilAsserted(
                        () ->
                                assertThat(presences(said).values())
                                        .isNotEmpty()
                                        .containsOnly(Presence.OFFLINE));
    }

    /** By agent, of all who said where they are after so many sayings. */
    private Map<String, Presence> presences(long after) {
        Map<String, Presence> presences = new HashMap<>();
        log.events(AgentStatusChanged.class)
                .skip(after)
                .forEach(status -> presences.put(status.getAgentId(), status.getPresence()));
        return presences;
    }

    private List<String> targets() throws Exception {
        return desk.askPrometheus("targets")
                .get("activeTargets")
                .valueStream()
                .map(ComposeTest::target)
                .toList();
    }

    private static String target(JsonNode target) {
        JsonNode labels = target.path("labels");
        return "%s %s %s"
                .formatted(
                        labels.path("job").asString(),
                        labels.path("instance").asString(),
                        target.path("health").asString());
    }
}
