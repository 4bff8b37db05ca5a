package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import guichet.schemas.Topic;
import guichet.schemas.Topics;

import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1StatefulSetSpec;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The three services that keep state, and how many copies of each there are. */
class ScalingTest {

    private final List<V1StatefulSet> byDefault =
            Chart.rendered(Chart.Values.MINIMAL).all(V1StatefulSet.class);

    @Test
    void thereIsACopyForEachStandby() {
        long standbys = Settings.streams("num.standby.replicas");

        assertThat(standbys).isPositive();
        assertThat(byDefault).hasSize(3).allMatch(it -> it.getSpec().getReplicas() >= 1 + standbys);
        assertThatThrownBy(
                        () ->
                                Chart.rendered(
                                        Chart.Values.MINIMAL,
                                        command -> command.set("slaMonitor.replicas", standbys)))
                .hasMessageContaining("slaMonitor/replicas");
    }

    @Test
    void stateIsOnAVolumeOfTheCopysOwn() {
        assertThat(byDefault)
                .extracting(V1StatefulSet::getSpec)
                .allSatisfy(
                        copies -> {
                            V1PersistentVolumeClaim state =
                                    copies.getVolumeClaimTemplates().getFirst();
                            assertThat(state.getSpec().getAccessModes())
                                    .containsExactly("ReadWriteOnce");
                            assertThat(
                                            copies.getTemplate()
                                                    .getSpec()
                                                    .getContainers()
                                                    .getFirst()
                                                    .getVolumeMounts())
                                    .anyMatch(
                                            mount ->
                                                    mount.getName()
                                                                    .equals(
                                                                            state.getMetadata()
                                                                                    .getName())
                                                            && mount.getMountPath()
                                                                    .equals(
                                                                            "/var/lib/guichet/state"));
                        });
        assertThat(Workload.of(Chart.rendered(Chart.Values.MINIMAL)))
                .filteredOn(it -> !it.service().equals("intake-service"))
                .allMatch(
                        it ->
                                it.variable("GUICHET_STATE_DIR")
                                        .orElseThrow()
                                        .equals("/var/lib/guichet/state"));
    }

    @Test
    void anUpdateTakesOneCopyAndWaitsUntilItCanHaveItsWorkBack() {
        long workComesBack = Settings.streams("probing.rebalance.interval.ms") / 1000;

        assertThat(byDefault)
                .extracting(V1StatefulSet::getSpec)
                .allMatch(it -> it.getUpdateStrategy().getType().equals("RollingUpdate"))
                .allMatch(it -> it.getMinReadySeconds() > workComesBack);
    }

    @Test
    void copiesStartTogetherAndSoShareTheirWorkOutOnce() {
        assertThat(byDefault)
                .extracting(V1StatefulSet::getSpec)
                .extracting(V1StatefulSetSpec::getPodManagementPolicy)
                .containsOnly("Parallel");
    }

    @Test
    void copiesOfRoutingFindEachOtherAlsoWhilePartitionsMove() {
        Manifests desk = Chart.rendered(Chart.Values.MINIMAL);
        V1Service copies = desk.named(V1Service.class, "guichet-routing-copies");
        Workload routing =
                Workload.of(desk).stream()
                        .filter(it -> it.service().equals("routing-service"))
                        .findFirst()
                        .orElseThrow();

        assertThat(copies.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(routing.variable("GUICHET_ROUTING_ADDRESS"))
                .contains("$(POD_NAME).guichet-routing-copies.support.svc:8082");
        assertThat(routing.container().getEnv())
                .extracting("name")
                .containsSubsequence("POD_NAME", "GUICHET_ROUTING_ADDRESS");
    }

    @Test
    void byDefaultNothingScalesByItself() {
        assertThat(Chart.rendered(Chart.Values.MINIMAL).all(ScaledObject.class)).isEmpty();
    }

    @Test
    void copiesAreAddedByWhatTheServiceHasNotReadYet() {
        Manifests desk = Chart.rendered(Chart.Values.EVERYTHING);

        assertThat(desk.all(ScaledObject.class))
                .hasSize(3)
                .allSatisfy(
                        scaled -> {
                            Workload target =
                                    Workload.of(desk).stream()
                                            .filter(
                                                    it ->
                                                            it.name()
                                                                    .equals(
                                                                            scaled.spec()
                                                                                    .scaleTargetRef()
                                                                                    .name()))
                                            .findFirst()
                                            .orElseThrow();
                            assertThat(scaled.spec().triggers())
                                    .extracting(it -> it.metadata().topic())
                                    .containsExactlyElementsOf(
                                            channelTopicsReadBy(target.service()));
                            assertThat(scaled.spec().triggers())
                                    .extracting(it -> it.metadata().consumerGroup())
                                    .containsOnly(target.service());
                        });
    }

    @Test
    void thereAreNeverMoreCopiesThanPartitionsOrFewerThanStandbysNeed() {
        Manifests desk = Chart.rendered(Chart.Values.EVERYTHING);

        for (ScaledObject scaled : desk.all(ScaledObject.class)) {
            Workload target =
                    Workload.of(desk).stream()
                            .filter(it -> it.name().equals(scaled.metadata().name()))
                            .findFirst()
                            .orElseThrow();
            int partitions =
                    Integer.parseInt(target.variable("GUICHET_TOPICS_PARTITIONS").orElseThrow());
            assertThat(scaled.spec().maxReplicaCount()).isLessThanOrEqualTo(partitions);
            assertThat(scaled.spec().minReplicaCount()).isGreaterThanOrEqualTo(2);
        }
        assertThatThrownBy(
                        () ->
                                Chart.rendered(
                                        Chart.Values.EVERYTHING,
                                        command -> command.set("autoscaling.maxReplicas", 49)))
                .hasMessageContaining(
                        "autoscaling.maxReplicas is 49, but a topic has 48 partitions");
        assertThatThrownBy(
                        () ->
                                Chart.rendered(
                                        Chart.Values.EVERYTHING,
                                        command -> command.set("autoscaling.maxReplicas", 3)))
                .hasMessageContaining(
                        "autoscaling.maxReplicas is 3, less than slaMonitor.replicas, which is 4");
    }

    @Test
    void switchingScalingOnTakesNoCopyAway() {
        // Without a cluster there is nobody to ask how many there are, and those of the values
        // count.
        assertThat(Chart.rendered(Chart.Values.EVERYTHING).all(V1StatefulSet.class))
                .extracting(it -> it.getMetadata().getName(), it -> it.getSpec().getReplicas())
                .containsExactlyInAnyOrder(
                        tuple("guichet-routing", 3),
                        tuple("guichet-sla-monitor", 4),
                        tuple("guichet-escalation", 2));
    }

    private static List<String> channelTopicsReadBy(String service) {
        return Topics.CHANNEL_TOPICS.stream()
                .filter(topic -> topic.readers().stream().anyMatch(it -> it.user().equals(service)))
                .map(Topic::name)
                .toList();
    }
}
