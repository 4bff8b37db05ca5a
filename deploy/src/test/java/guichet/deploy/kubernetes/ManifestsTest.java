package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Helm makes of the chart is what Kubernetes takes, and hangs together. */
class ManifestsTest {

    @ParameterizedTest
    @EnumSource
    void eachResourceHasOnlyFieldsOfItsKindAndNoneMissing(Chart.Values values) {
        Manifests desk = Chart.rendered(values);

        assertThat(desk.resources()).hasSizeGreaterThan(values.ordinal() == 0 ? 20 : 27);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {apiVersion: v1, kind: Service, spec: {prots: []}}                                    | prots
                    {apiVersion: v1, kind: Service, spec: {ports: [{name: http}]}}                        | port
                    {apiVersion: apps/v1, kind: StatefulSet, spec: {serviceName: a, template: {}}}        | selector
                    {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: {ingress: {from: []}}}  | JsonArray
                    {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, spec: {hostname: a}}      | hostname
                    {apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, spec: {port: management}}    | port
                    {apiVersion: keda.sh/v1alpha1, kind: ScaledObject, spec: {maxReplicas: 3}}            | maxReplicas
                    {apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, spec: {partition: 3}}             | partition
                    {apiVersion: kafka.strimzi.io/v1, kind: KafkaUser, spec: {authentication: {type: p}}} | 'p'
                    {apiVersion: apps/v1beta1, kind: Deployment}                                          | no model
                    """)
    void aFaultInAResourceIsNoticed(String resource, String named) {
        assertThatThrownBy(() -> Manifests.read(resource)).hasMessageContaining(named);
    }

    @Test
    void aFieldThatIsWrittenTwiceIsNoticed() {
        assertThatThrownBy(() -> Manifests.read("apiVersion: v1\nkind: Service\nkind: Service"))
                .hasMessageContaining("duplicate key kind");
    }

    @Test
    void helmHasNothingToCriticise(@TempDir Path folder) throws IOException {
        LintResult result = new Helm(withMinimalValues(folder)).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(it -> it.contains("WARN") || it.contains("ERR"));
    }

    @ParameterizedTest
    @EnumSource
    void noTwoResourcesAreTheSame(Chart.Values values) {
        assertThat(Chart.rendered(values).resources())
                .extracting(it -> it.getClass().getSimpleName() + " " + Models.name(it))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void whatOnePartNamesOfAnotherIsThere(Chart.Values values) {
        Manifests desk = Chart.rendered(values);

        for (Workload workload : Workload.of(desk)) {
            desk.named(V1ServiceAccount.class, workload.pod().getServiceAccountName());
            assertThat(workload.labels())
                    .containsAllEntriesOf(workload.selector().getMatchLabels());
            assertThat(mounts(workload)).isEqualTo(volumes(desk, workload));
            workload.volume("policy")
                    .ifPresent(it -> desk.named(V1ConfigMap.class, it.getConfigMap().getName()));
        }
        for (V1StatefulSet copies : desk.all(V1StatefulSet.class)) {
            V1Service names = desk.named(V1Service.class, copies.getSpec().getServiceName());
            assertThat(names.getSpec().getClusterIP()).isEqualTo("None");
            assertThat(names.getSpec().getSelector())
                    .isEqualTo(copies.getSpec().getSelector().getMatchLabels());
        }
        for (V1Service service : desk.all(V1Service.class)) {
            Workload behind = selected(desk, service.getSpec().getSelector());
            assertThat(service.getSpec().getPorts())
                    .allSatisfy(
                            port ->
                                    assertThat(behind.container().getPorts())
                                            .extracting("name")
                                            .contains(port.getTargetPort().getStrValue()));
        }
        for (V1PodDisruptionBudget budget : desk.all(V1PodDisruptionBudget.class)) {
            selected(desk, budget.getSpec().getSelector().getMatchLabels());
        }
        for (V1Ingress ingress : desk.all(V1Ingress.class)) {
            desk.named(
                    V1Service.class,
                    ingress.getSpec()
                            .getRules()
                            .getFirst()
                            .getHttp()
                            .getPaths()
                            .getFirst()
                            .getBackend()
                            .getService()
                            .getName());
        }
        for (HTTPRoute route : desk.all(HTTPRoute.class)) {
            route.getSpec().getRules().stream()
                    .flatMap(rule -> rule.getBackendRefs().stream())
                    .forEach(to -> desk.named(V1Service.class, to.getName()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingSaysWhatItBelongsTo(Chart.Values values) {
        assertThat(Chart.rendered(values).resources())
                .filteredOn(KubernetesObject.class::isInstance)
                .allSatisfy(
                        it ->
                                assertThat(((KubernetesObject) it).getMetadata().getLabels())
                                        .containsEntry("app.kubernetes.io/part-of", "guichet")
                                        .containsEntry(
                                                "app.kubernetes.io/instance", Chart.RELEASE));
    }

    @Test
    void aLongNameOfTheReleaseIsCutWhereKubernetesWouldRefuse() {
        String release = "the-release-with-the-longest-name-that-helm-will-take";

        Manifests desk = Chart.rendered(Chart.Values.MINIMAL, command -> command.withName(release));

        assertThat(desk.resources()).extracting(Models::name).allMatch(name -> name.length() <= 63);
        assertThat(desk.all(V1StatefulSet.class))
                .extracting(Models::name)
                .allMatch(name -> name.length() <= 52);
    }

    private static Workload selected(Manifests desk, Map<String, String> labels) {
        List<Workload> found =
                Workload.of(desk).stream()
                        .filter(it -> it.labels().entrySet().containsAll(labels.entrySet()))
                        .toList();
        assertThat(found).as("of %s", labels).hasSize(1);
        return found.getFirst();
    }

    private static Set<String> mounts(Workload workload) {
        Set<String> names = new HashSet<>();
        workload.container().getVolumeMounts().forEach(mount -> names.add(mount.getName()));
        return names;
    }

    private static Set<String> volumes(Manifests desk, Workload workload) {
        Set<String> names = new HashSet<>();
        workload.pod().getVolumes().forEach(volume -> names.add(volume.getName()));
        desk.all(V1StatefulSet.class).stream()
                .filter(it -> it.getMetadata().getName().equals(workload.name()))
                .flatMap(it -> it.getSpec().getVolumeClaimTemplates().stream())
                .map(V1PersistentVolumeClaim::getMetadata)
                .forEach(claim -> names.add(claim.getName()));
        return names;
    }

    /** Lint takes no values beside the chart's own. */
    private static Path withMinimalValues(Path folder) throws IOException {
        Path chart = folder.resolve("guichet");
        Chart.copy(chart);
        Path values = chart.resolve("values.yaml");
        Map<String, Map<String, Object>> all = new Yaml().load(Files.readString(values));
        Map<String, Map<String, Object>> needed =
                new Yaml().load(Files.readString(Chart.file("minimal.yaml")));
        needed.forEach((part, settings) -> all.get(part).putAll(settings));
        Files.writeString(values, new Yaml().dump(all));
        return chart;
    }
}
