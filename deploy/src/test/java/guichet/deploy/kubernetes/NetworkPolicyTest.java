package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyEgressRule;
import io.kubernetes.client.openapi.models.V1NetworkPolicyIngressRule;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPeer;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may talk to whom. */
class NetworkPolicyTest {

    private final Manifests byDefault = Chart.rendered(Chart.Values.MINIMAL);
    private final Manifests narrow = Chart.rendered(Chart.Values.EVERYTHING);

    @Test
    void nobodyMayWhoIsNotNamed() {
        V1NetworkPolicy deny = byDefault.named(V1NetworkPolicy.class, "guichet-deny");

        assertThat(deny.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(deny.getSpec().getIngress()).isNullOrEmpty();
        assertThat(deny.getSpec().getEgress()).isNullOrEmpty();
        assertThat(Workload.of(byDefault)).allMatch(it -> concerns(deny, it));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    intake-service      | 53 9093 8080 443 5432
                    routing-service     | 53 9093 8080 443 http
                    sla-monitor-service | 53 9093 8080
                    escalation-service  | 53 9093 8080
                    """)
    void eachServiceReachesWhatItNeedsAndNothingElse(String service, String ports) {
        assertThat(portsOut(byDefault, service)).isEqualTo(Set.of(ports.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    intake-service      | 53 9094 9095 443 8443 8444 6432 9000 4318
                    routing-service     | 53 9094 9095 443 8443 8444 http 4318
                    sla-monitor-service | 53 9094 9095 443 4318
                    escalation-service  | 53 9094 9095 443 4318
                    """)
    void thePortsAreThoseOfTheAddressesUnlessOthersAreNamed(String service, String ports) {
        assertThat(portsOut(narrow, service)).isEqualTo(Set.of(ports.split(" ")));
    }

    @Test
    void eachDestinationCanBeNarrowedDown() {
        assertThat(Workload.of(narrow))
                .flatExtracting(it -> out(narrow, it.service()).toList())
                .allMatch(rule -> rule.getTo() != null && !rule.getTo().isEmpty());
    }

    @Test
    void onlyPrometheusSeesHealthAndMetrics() {
        for (Workload workload : Workload.of(byDefault)) {
            assertThat(peersIn(byDefault, workload.service(), "management"))
                    .extracting(it -> it.getNamespaceSelector().getMatchLabels())
                    .containsExactly(Map.of("kubernetes.io/metadata.name", "monitoring"));
        }
    }

    @Test
    void onlyDoorsAreOpenAndOnlyToWhoIsNamed() {
        assertThat(Workload.of(narrow))
                .filteredOn(it -> !peersIn(narrow, it.service(), "http").isEmpty())
                .extracting(Workload::service)
                .containsExactlyInAnyOrder("intake-service", "routing-service");
        assertThat(peersIn(narrow, "intake-service", "http"))
                .extracting(it -> it.getNamespaceSelector().getMatchLabels())
                .containsExactly(Map.of("kubernetes.io/metadata.name", "gateways"));
    }

    @Test
    void copiesOfRoutingMayAskEachOther() {
        Workload routing =
                Workload.of(narrow).stream()
                        .filter(it -> it.service().equals("routing-service"))
                        .findFirst()
                        .orElseThrow();

        assertThat(peersIn(narrow, "routing-service", "http"))
                .anyMatch(
                        it ->
                                it.getPodSelector() != null
                                        && it.getPodSelector().equals(routing.selector()));
        assertThat(out(narrow, "routing-service"))
                .anyMatch(
                        rule ->
                                routing.selector().equals(rule.getTo().getFirst().getPodSelector())
                                        && rule.getPorts()
                                                .getFirst()
                                                .getPort()
                                                .getStrValue()
                                                .equals("http"));
    }

    @Test
    void aClusterWithoutNetworkPoliciesGetsNone() {
        Manifests open =
                Chart.rendered(
                        Chart.Values.MINIMAL,
                        command -> command.set("networkPolicy.enabled", "false"));

        assertThat(open.all(V1NetworkPolicy.class)).isEmpty();
    }

    private static Set<String> portsOut(Manifests desk, String service) {
        return out(desk, service)
                .flatMap(rule -> rule.getPorts().stream())
                .map(NetworkPolicyTest::port)
                .collect(Collectors.toSet());
    }

    private static Stream<V1NetworkPolicyEgressRule> out(Manifests desk, String service) {
        return policies(desk, service)
                .filter(policy -> policy.getSpec().getEgress() != null)
                .flatMap(policy -> policy.getSpec().getEgress().stream());
    }

    private static List<V1NetworkPolicyPeer> peersIn(Manifests desk, String service, String port) {
        return policies(desk, service)
                .filter(policy -> policy.getSpec().getIngress() != null)
                .flatMap(policy -> policy.getSpec().getIngress().stream())
                .filter(rule -> rule.getPorts().stream().anyMatch(it -> port(it).equals(port)))
                .map(V1NetworkPolicyIngressRule::getFrom)
                .flatMap(List::stream)
                .toList();
    }

    private static Stream<V1NetworkPolicy> policies(Manifests desk, String service) {
        Workload workload =
                Workload.of(desk).stream()
                        .filter(it -> it.service().equals(service))
                        .findFirst()
                        .orElseThrow();
        return desk.all(V1NetworkPolicy.class).stream()
                .filter(policy -> concerns(policy, workload));
    }

    private static boolean concerns(V1NetworkPolicy policy, Workload workload) {
        return workload.labels()
                .entrySet()
                .containsAll(policy.getSpec().getPodSelector().getMatchLabels().entrySet());
    }

    private static String port(V1NetworkPolicyPort port) {
        return port.getPort().toString();
    }
}
