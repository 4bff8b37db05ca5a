package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** What somebody on call wants of every pod. */
class WorkloadTest {

    private static Stream<Workload> workloads() {
        return Arrays.stream(Chart.Values.values())
                .map(Chart::rendered)
                .flatMap(desk -> Workload.of(desk).stream());
    }

    @Test
    void thereAreTheFourServices() {
        assertThat(workloads().map(Workload::service).distinct())
                .containsExactlyInAnyOrder(
                        "intake-service",
                        "routing-service",
                        "sla-monitor-service",
                        "escalation-service");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void runsAsNobodyWithoutAnyRight(Workload workload) {
        V1PodSecurityContext pod = workload.pod().getSecurityContext();
        V1SecurityContext container = workload.container().getSecurityContext();

        assertThat(pod.getRunAsNonRoot()).isTrue();
        assertThat(pod.getRunAsUser()).isEqualTo(10001);
        assertThat(pod.getFsGroup()).isEqualTo(10001);
        assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getCapabilities().getAdd()).isNullOrEmpty();
        assertThat(container.getRunAsUser()).isNull();
        assertThat(container.getPrivileged()).isNull();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void writesOnlyWhereItMust(Workload workload) {
        assertThat(workload.container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(workload.container().getVolumeMounts())
                .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .extracting("mountPath")
                .containsExactlyInAnyOrder(
                        "/tmp",
                        workload.service().equals("intake-service")
                                ? "/var/lib/guichet/attachments"
                                : "/var/lib/guichet/state");
        assertThat(workload.volume("tmp").orElseThrow().getEmptyDir().getSizeLimit()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void hasNothingOfTheNode(Workload workload) {
        V1PodSpec pod = workload.pod();

        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
        assertThat(workload.container().getPorts()).allMatch(port -> port.getHostPort() == null);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void getsNoTokenOfTheClusterAndNoVariablesOfItsServices(Workload workload) {
        assertThat(workload.pod().getAutomountServiceAccountToken()).isFalse();
        assertThat(workload.pod().getEnableServiceLinks()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void isAskedHowItIsWhereTheActuatorListens(Workload workload) {
        V1Probe startup = workload.container().getStartupProbe();
        V1Probe liveness = workload.container().getLivenessProbe();
        V1Probe readiness = workload.container().getReadinessProbe();

        assertThat(workload.variable("MANAGEMENT_SERVER_PORT")).contains("9080");
        assertThat(workload.container().getPorts())
                .anySatisfy(
                        port -> {
                            assertThat(port.getName()).isEqualTo("management");
                            assertThat(port.getContainerPort()).isEqualTo(9080);
                        });
        assertThat(Stream.of(startup, liveness, readiness))
                .allMatch(it -> it.getHttpGet().getPort().equals(new IntOrString("management")));
        assertThat(startup.getHttpGet().getPath()).isEqualTo("/actuator/health/liveness");
        assertThat(liveness.getHttpGet().getPath()).isEqualTo("/actuator/health/liveness");
        assertThat(readiness.getHttpGet().getPath()).isEqualTo("/actuator/health/readiness");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void isGivenTwoMinutesToStartAndIsNotTakenOutForAShortRebalance(Workload workload) {
        assertThat(patience(workload.container().getStartupProbe())).isEqualTo(120);
        assertThat(patience(workload.container().getReadinessProbe()))
                .isGreaterThan(Settings.streams("main.consumer.session.timeout.ms") / 1000);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void hasMemoryOfItsOwnAndRoomOnAProcessor(Workload workload) {
        V1ResourceRequirements resources = workload.container().getResources();

        assertThat(resources.getRequests()).containsKeys("cpu", "memory");
        assertThat(resources.getLimits().get("memory"))
                .isEqualTo(resources.getRequests().get("memory"));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void hasTimeToLeaveItsGroupAndEndWhatIsUnderWay(Workload workload) {
        int closingStreams = 10;
        int requestsUnderWay = 30;
        boolean door = workload.container().getLifecycle() != null;
        long untilNobodyComes =
                door ? workload.container().getLifecycle().getPreStop().getSleep().getSeconds() : 0;

        assertThat(workload.pod().getTerminationGracePeriodSeconds())
                .isGreaterThan(untilNobodyComes + closingStreams + requestsUnderWay);
        assertThat(door)
                .isEqualTo(
                        workload.container().getPorts().stream()
                                .anyMatch(port -> port.getName().equals("http")));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void isSpreadOverNodesAndZones(Workload workload) {
        assertThat(workload.pod().getTopologySpreadConstraints())
                .extracting(V1TopologySpreadConstraint::getTopologyKey)
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        assertThat(workload.pod().getTopologySpreadConstraints())
                .allSatisfy(
                        spread -> {
                            assertThat(spread.getWhenUnsatisfiable())
                                    .isIn("DoNotSchedule", "ScheduleAnyway");
                            assertThat(spread.getLabelSelector().getMatchLabels())
                                    .isEqualTo(workload.selector().getMatchLabels());
                        });
    }

    @Test
    void byDefaultNoTwoCopiesOfAServiceAreOnANode() {
        assertThat(Workload.of(Chart.rendered(Chart.Values.MINIMAL)))
                .extracting(it -> it.pod().getTopologySpreadConstraints().getFirst())
                .allMatch(it -> it.getWhenUnsatisfiable().equals("DoNotSchedule"))
                .allMatch(it -> it.getNodeTaintsPolicy().equals("Honor"));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void losesOneCopyAtATimeToTheClustersUpkeep(Workload workload) {
        V1PodDisruptionBudget budget =
                Chart.rendered(Chart.Values.MINIMAL)
                        .named(V1PodDisruptionBudget.class, workload.name());

        assertThat(budget.getSpec().getMaxUnavailable()).isEqualTo(new IntOrString(1));
        assertThat(budget.getSpec().getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
        assertThat(budget.getSpec().getSelector()).isEqualTo(workload.selector());
    }

    @Test
    void theDoorOfIntakeIsNeverNarrowerDuringAnUpdate() {
        V1Deployment intake =
                Chart.rendered(Chart.Values.MINIMAL).named(V1Deployment.class, "guichet-intake");

        assertThat(intake.getSpec().getReplicas()).isEqualTo(2);
        assertThat(intake.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
                .isEqualTo(new IntOrString(0));
    }

    @Test
    void copiesOfIntakeShareTheFilesOfTicketsAndTheseOutliveTheRelease() {
        Manifests desk = Chart.rendered(Chart.Values.MINIMAL);
        V1PersistentVolumeClaim files =
                desk.named(V1PersistentVolumeClaim.class, "guichet-attachments");

        assertThat(files.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
        assertThat(files.getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep");
        assertThat(
                        desk.named(V1Deployment.class, "guichet-intake")
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getVolumes())
                .anyMatch(
                        volume ->
                                volume.getPersistentVolumeClaim() != null
                                        && volume.getPersistentVolumeClaim()
                                                .getClaimName()
                                                .equals("guichet-attachments"));
    }

    @Test
    void withABucketThereIsNoVolumeToShare() {
        assertThat(Chart.rendered(Chart.Values.EVERYTHING).all(V1PersistentVolumeClaim.class))
                .isEmpty();
    }

    @Test
    void theImagesAreThoseOfThisBuildUnlessOthersAreNamed() {
        assertThat(Workload.of(Chart.rendered(Chart.Values.MINIMAL)))
                .extracting(it -> it.container().getImage())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of("intake", "routing", "sla-monitor", "escalation")
                                .map(
                                        it ->
                                                "guichet/%s-service:%s"
                                                        .formatted(
                                                                it,
                                                                System.getProperty(
                                                                        "guichet.version")))
                                .toList());
        assertThat(Workload.of(Chart.rendered(Chart.Values.EVERYTHING)))
                .extracting(it -> it.container().getImage())
                .contains("registry.example.com/support/guichet/intake-service:1.2.3");
    }

    @Test
    void aServiceCanBeUpgradedBeforeTheOthers() {
        assertThat(Workload.of(Chart.rendered(Chart.Values.EVERYTHING)))
                .filteredOn(it -> it.container().getImage().endsWith(":1.2.4"))
                .extracting(Workload::service)
                .containsExactly("routing-service");
    }

    @Test
    void podsGoWhereTheyAreWanted() {
        assertThat(Workload.of(Chart.rendered(Chart.Values.EVERYTHING)))
                .extracting(Workload::pod)
                .allMatch(pod -> pod.getNodeSelector().equals(Map.of("pool", "desk")))
                .allMatch(pod -> pod.getTolerations().getFirst().getKey().equals("desk"))
                .allMatch(pod -> pod.getPriorityClassName().equals("support"))
                .allMatch(
                        pod -> pod.getImagePullSecrets().getFirst().getName().equals("pull-here"));
    }

    private static long patience(V1Probe probe) {
        return (long) probe.getPeriodSeconds() * probe.getFailureThreshold();
    }
}
