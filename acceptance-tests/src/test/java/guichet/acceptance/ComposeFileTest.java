package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.yaml.snakeyaml.Yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What compose makes of docker-compose.yml, its profiles and its override; nothing is started. */
@EnabledIfSystemProperty(named = DeskUnderTest.CHOICE, matches = "containers")
class ComposeFileTest {

    private static final String[] ALL_PROFILES = {
        "--profile", "traffic", "--profile", "grafana", "--profile", "otel-collector"
    };

    private static final String[] ONE_BROKER = {
        "--file", "docker-compose.yml", "--file", "docker-compose.one-broker.yml"
    };

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

    private static Stream<Object> entries(String setting) {
        return services(ALL_PROFILES).values().stream()
                .map(service -> service.get(setting))
                .filter(Objects::nonNull)
                .flatMap(entries -> ((List<?>) entries).stream());
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
