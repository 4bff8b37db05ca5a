package guichet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.function.Predicate.not;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Each alert says what to do, and has been seen firing and keeping still. Whether it does is
 * promtool's to say: {@code PromtoolTest} of the acceptance tests.
 */
class AlertsTest {

    private static final Path PROMETHEUS = Path.of("prometheus");
    private static final String RUNBOOK = "docs/seeing.md#";

    private record Case(String alert, boolean fires) {}

    @Test
    void sayHowBadItIsWhatItMeansAndWhereTheCureStands() {
        Set<String> headings = headings();

        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(
                        alert -> {
                            String name = (String) alert.get("alert");
                            assertThat(map(alert, "labels").get("severity"))
                                    .as(name)
                                    .isIn("critical", "warning");
                            Map<String, Object> said = map(alert, "annotations");
                            assertThat((String) said.get("summary")).as(name).endsWith(".");
                            assertThat((String) said.get("description")).as(name).endsWith(".");
                            assertThat(said.get("runbook_url"))
                                    .isEqualTo(RUNBOOK + name.toLowerCase(Locale.ROOT));
                            assertThat(headings).contains(name);
                        });
    }

    @Test
    void eachHaveACaseInWhichTheyFireAndOneInWhichTheyDoNot() {
        assertThat(cases())
                .containsAll(
                        names().flatMap(
                                        name ->
                                                Stream.of(
                                                        new Case(name, true),
                                                        new Case(name, false)))
                                .toList());
    }

    @Test
    void haveDifferentNames() {
        assertThat(names()).doesNotHaveDuplicates();
    }

    private static Stream<String> names() {
        return alerts().stream().map(alert -> (String) alert.get("alert"));
    }

    private static List<Map<String, Object>> alerts() {
        return files("rules")
                .flatMap(rules -> list(rules, "groups").stream())
                .flatMap(group -> list(group, "rules").stream())
                .filter(rule -> rule.containsKey("alert"))
                .toList();
    }

    private static Set<Case> cases() {
        return files("tests")
                .flatMap(tests -> list(tests, "tests").stream())
                .flatMap(test -> list(test, "alert_rule_test").stream())
                .map(
                        test ->
                                new Case(
                                        (String) test.get("alertname"),
                                        !list(test, "exp_alerts").isEmpty()))
                .collect(Collectors.toSet());
    }

    /** Those of the third level, which the alerts are. */
    private static Set<String> headings() {
        return text(Path.of("..", "docs", "seeing.md"))
                .lines()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4).strip())
                .filter(not(String::isEmpty))
                .collect(Collectors.toSet());
    }

    private static Stream<Map<String, Object>> files(String folder) {
        try (Stream<Path> files = Files.list(PROMETHEUS.resolve(folder))) {
            return files
                    .map(file -> new Yaml().<Map<String, Object>>load(text(file)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> of, String key) {
        return (List<Map<String, Object>>) of.getOrDefault(key, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) of.getOrDefault(key, Map.of());
    }
}
