package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.yaml.snakeyaml.Yaml;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What compose makes of docker-compose.yml, its profiles and its override; nothing is started. */
@EnabledIfSystemProperty(named = DeskUnderTest.CHOICE, matches = "containers")
@Execution(ExecutionMode.CONCURRENT)
class ComposeFileTest {

    private static final String[] ALL_PROFILES = {
        "--profile", "traffic", "--profile", "grafana", "--profile", "otel-collector"
    };

    private static final String[] ONE_BROKER = {
        "--file", "docker-compose.yml", "--file", "docker-compose.one-broker.yml"
    };

    private static final String[] SECURED = {
        "--file", "docker-compose.yml", "--file", "docker-compose.secured.yml"
    };

    private static final List<String> BROKERS = List.of("kafka-1", "kafka-2", "kafka-3");

    private static final Pattern COPIES =
            Pattern.compile("REPLICATION_FACTOR$|MIN_ISR$|MIN_INSYNC_REPLICAS$");

    private static final String REPLICATION = "GUICHET_TOPICS_REPLICATION";

    @Test
    void onlyTrafficGrafanaAndTheCollectorAreBehindProfiles() {
        assertThat(services(ALL_PROFILES).entrySet())
                .filteredOn(service -> service.getValue().containsKey("profiles"))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("traffic", "grafana", "otel-collector");
    }

    @Test
    void everyPortIsPublishedOnTheLoopbackAddressAlone() {
        assertThat(entries("ports"))
                .hasSizeGreaterThan(5)
                .allMatch(port -> port.toString().contains("127.0.0.1"));
    }

    @Test
    void everyFolderThatIsMountedIsThere() {
        assertThat(entries("volumes").map(ComposeFileTest::source).filter(it -> it.startsWith("/")))
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(folder -> assertThat(Path.of(folder)).exists());
    }

    @Test
    void whatAServiceNeedsToStartIsHealthyBeforeItIsStarted() {
        assertThat(conditions(services(ALL_PROFILES)))
                .hasSizeGreaterThan(20)
                .containsOnly("service_healthy");
        assertThat(conditions(services(SECURED)))
                .containsOnly("service_healthy", "service_completed_successfully");
    }

    /** Each question of Docker's costs more than an idle service does. */
    @Test
    void theScriptThatSparesDockerItsQuestionsTellsTheHealthOfOthersImagesToo() {
        assertThat(services(SECURED).values())
                .map(service -> String.valueOf(service.get("healthcheck")))
                .filteredOn(check -> check.contains("test=[CMD"))
                .hasSize(5)
                .allMatch(check -> check.contains("test=[CMD, /healthy"));
    }

    @Test
    void whatRunsOnAnImageOfTheDesksHasNoMoreRightsThanItNeeds() {
        assertThat(services(SECURED).entrySet())
                .filteredOn(it -> it.getValue().get("image").toString().startsWith("guichet/"))
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(
                        it ->
                                assertThat(it.getValue())
                                        .as(it.getKey())
                                        .containsEntry("read_only", true)
                                        .containsEntry("cap_drop", List.of("ALL"))
                                        .containsEntry(
                                                "security_opt", List.of("no-new-privileges:true"))
                                        .containsKey("mem_limit"));
    }

    @Test
    void metricsAndHealthArePublishedByNoService() {
        assertThat(entries("ports").map(Object::toString)).noneMatch(port -> port.contains("9080"));
    }

    @Test
    void withThreeBrokersWhatIsWrittenIsOnTwoBeforeItIsConfirmed() {
        for (String broker : BROKERS) {
            assertThat(environment(services().get(broker)))
                    .extractingByKeys(
                            "KAFKA_DEFAULT_REPLICATION_FACTOR",
                            "KAFKA_MIN_INSYNC_REPLICAS",
                            "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR",
                            "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR",
                            "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR")
                    .extracting(Object::toString)
                    .containsExactly("3", "2", "3", "3", "2");
        }
    }

    @Test
    void theBrokersOfASecuredDeskDifferInTheirNamesAlone() {
        Map<String, Map<String, Object>> services = services(SECURED);

        for (String broker : BROKERS) {
            Map<String, Object> settings = environment(services.get(broker));
            assertThat(settings.get("KAFKA_ADVERTISED_LISTENERS").toString())
                    .startsWith("DESK://%s:19092,MACHINE://localhost:9".formatted(broker))
                    .endsWith("92,BROKERS://%s:19093".formatted(broker));
            assertThat(settings.get("KAFKA_SUPER_USERS").toString()).contains("User:CN=" + broker);
            assertThat(volumes(services.get(broker)))
                    .anyMatch(volume -> volume.endsWith("/secrets/" + broker))
                    .contains(broker);
            assertThat(withoutItsName(settings))
                    .isEqualTo(withoutItsName(environment(services.get("kafka-1"))));
        }
    }

    @Test
    void withOneBrokerNothingAsksForACopyElsewhere() {
        Map<String, Map<String, Object>> services = services(ONE_BROKER);
        Map<String, Object> broker = environment(services.get("kafka-1"));

        assertThat(services.get("kafka-2")).containsEntry("scale", 0);
        assertThat(services.get("kafka-3")).containsEntry("scale", 0);
        assertThat(broker).containsEntry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@kafka-1:9093");
        assertThat(broker.entrySet())
                .filteredOn(setting -> COPIES.matcher(setting.getKey()).find())
                .hasSize(7)
                .extracting(setting -> setting.getValue().toString())
                .containsOnly("1");
        assertThat(services.values())
                .extracting(service -> environment(service).get(REPLICATION))
                .filteredOn(Objects::nonNull)
                .hasSize(7)
                .extracting(Object::toString)
                .containsOnly("1");
    }

    @Test
    void theOverrideForOneBrokerNamesNoSettingThatThreeDoNotHave() {
        Map<String, Map<String, Object>> three = services();

        assertThat(services(ONE_BROKER))
                .allSatisfy(
                        (name, service) ->
                                assertThat(environment(service).keySet())
                                        .as(name)
                                        .isEqualTo(environment(three.get(name)).keySet()));
    }

    private static Map<String, Object> withoutItsName(Map<String, Object> settings) {
        Map<String, Object> others = new HashMap<>(settings);
        others.keySet().removeAll(Set.of("KAFKA_NODE_ID", "KAFKA_ADVERTISED_LISTENERS"));
        return others;
    }

    private static Stream<Object> entries(String setting) {
        return services(ALL_PROFILES).values().stream()
                .map(service -> service.get(setting))
                .filter(Objects::nonNull)
                .flatMap(entries -> ((List<?>) entries).stream());
    }

    private static List<String> volumes(Map<String, Object> service) {
        return ((List<?>) service.get("volumes")).stream().map(ComposeFileTest::source).toList();
    }

    /** Grafana goes without any: it starts without Prometheus as well. */
    private static List<Object> conditions(Map<String, Map<String, Object>> services) {
        return services.entrySet().stream()
                .filter(service -> !service.getKey().equals("grafana"))
                .map(service -> service.getValue().get("depends_on"))
                .filter(Objects::nonNull)
                .flatMap(needs -> ((Map<?, ?>) needs).values().stream())
                .map(need -> (Object) ((Map<?, ?>) need).get("condition"))
                .toList();
    }

    /** docker-compose 1.29 writes {@code source:target}, docker compose 2 takes it apart. */
    private static String source(Object volume) {
        return volume instanceof Map<?, ?> parts
                ? String.valueOf(parts.get("source"))
                : volume.toString().split(":")[0];
    }

    private static Map<String, Map<String, Object>> services(String... filesAndProfiles) {
        Map<String, Map<String, Map<String, Object>>> read =
                new Yaml().load(ComposedDesk.read(filesAndProfiles));
        return read.get("services");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(Map<String, Object> service) {
        return (Map<String, Object>) service.getOrDefault("environment", Map.of());
    }
}
