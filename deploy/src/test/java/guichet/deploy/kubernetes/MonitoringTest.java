package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.marcnuri.helm.TemplateCommand;

import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the Prometheus operator is told. */
class MonitoringTest {

    private static final Path RULES = Path.of("prometheus", "rules");

    @Test
    void eachCopyOfEachServiceIsScraped() {
        Manifests desk = Chart.rendered(Chart.Values.EVERYTHING);
        PodMonitor monitor = desk.all(PodMonitor.class).getFirst();

        assertThat(Workload.of(desk))
                .allMatch(
                        it ->
                                it.labels()
                                        .entrySet()
                                        .containsAll(
                                                monitor.getSpec()
                                                        .getSelector()
                                                        .getMatchLabels()
                                                        .entrySet()))
                .allMatch(
                        it ->
                                it.labels()
                                        .get(monitor.getSpec().getJobLabel())
                                        .equals(it.service()));
        assertThat(monitor.getSpec().getPodMetricsEndpoints())
                .extracting("port", "path")
                .containsExactly(tuple("management", "/actuator/prometheus"));
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
    }

    @Test
    void aCopyThatIsReplacedGoesOnWithItsSeries() {
        PodMonitor monitor =
                Chart.rendered(Chart.Values.EVERYTHING).all(PodMonitor.class).getFirst();

        assertThat(monitor.getSpec().getPodMetricsEndpoints().getFirst().getRelabelings())
                .extracting("sourceLabels", "targetLabel")
                .containsExactly(tuple(List.of("__meta_kubernetes_pod_name"), "instance"));
    }

    @Test
    void alertsKeepTheirTemplates(@TempDir Path folder) throws IOException {
        Path rules =
                Files.writeString(
                        folder.resolve("desk.yml"),
                        """
                        groups:
                          - name: desk
                            rules:
                              - alert: CopyDown
                                expr: up == 0
                                for: 1m
                                labels: {severity: page}
                                annotations: {summary: "{{ $labels.pod }} does not answer"}
                        """);

        PrometheusRule rule =
                Chart.rendered(
                                Chart.Values.EVERYTHING,
                                command -> command.setFile("monitoring.rules.desk", rules))
                        .named(PrometheusRule.class, "guichet-desk");

        assertThat(rule.getSpec().getGroups().getFirst().getRules().getFirst().getAnnotations())
                .containsEntry("summary", "{{ $labels.pod }} does not answer");
    }

    @Test
    void theDesksOwnRulesFit() throws IOException {
        Manifests desk = Chart.rendered(Chart.Values.EVERYTHING, MonitoringTest::withRules);

        assertThat(desk.all(PrometheusRule.class)).hasSize(ruleFiles().size());
    }

    private static TemplateCommand withRules(TemplateCommand command) {
        try {
            for (Path file : ruleFiles()) {
                String name = file.getFileName().toString().replaceFirst("\\.yml$", "");
                command.setFile("monitoring.rules." + name, file);
            }
            return command;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> ruleFiles() throws IOException {
        if (Files.notExists(RULES)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(RULES)) {
            return files.filter(it -> it.toString().endsWith(".yml")).toList();
        }
    }
}
