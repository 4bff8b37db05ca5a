package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Each rule for the chart notices a chart that breaks it. */
class PlantedFaultsTest {

    /** The rule, the chart's file, what is written there, and the fault instead of it. */
    private static final String FAULTS =
            """
            DoorsTest.byDefaultThereIsNoWayInFromOutside -> values.yaml -> ingress:\\n    enabled: false -> ingress:\\n    enabled: true
            DoorsTest.eachDoorHasAHostOfItsOwn -> templates/doors.yaml -> index $.Values.doors.hosts $part.values -> $.Values.doors.hosts.intake
            DoorsTest.onlyTheDoorItselfIsSeenFromOutside -> templates/doors.yaml -> path: /api/ -> path: /
            DoorsTest.anAgentsStreamOfEventsIsNotCutOff -> templates/doors.yaml -> request: 0s -> request: 60s
            ManifestsTest.helmHasNothingToCriticise -> Chart.yaml -> apiVersion: v2 -> apiVersion: v3
            ManifestsTest.noTwoResourcesAreTheSame -> templates/parts.yaml -> name: {{ $part.name }}-copies -> name: {{ $part.name }}
            ManifestsTest.whatOnePartNamesOfAnotherIsThere -> templates/_helpers.tpl -> serviceAccountName: {{ .part.name }} -> serviceAccountName: {{ .part.service }}
            ManifestsTest.everythingSaysWhatItBelongsTo -> templates/policy.yaml -> include "guichet.deskLabels" . -> dict "app" "desk" | toYaml
            ManifestsTest.aLongNameOfTheReleaseIsCutWhereKubernetesWouldRefuse -> templates/_helpers.tpl -> trunc 40 -> trunc 60
            MonitoringTest.eachCopyOfEachServiceIsScraped -> templates/monitoring.yaml -> port: management -> port: http
            MonitoringTest.aCopyThatIsReplacedGoesOnWithItsSeries -> templates/monitoring.yaml -> targetLabel: instance -> targetLabel: pod
            MonitoringTest.alertsKeepTheirTemplates -> templates/monitoring.yaml -> $rules | nindent 2 -> $rules | replace "$" "" | nindent 2
            MonitoringTest.theDesksOwnRulesFit -> templates/monitoring.yaml -> := .rules }} -> := pick .rules "desk" }}
            NetworkPolicyTest.nobodyMayWhoIsNotNamed -> templates/networkpolicies.yaml -> policyTypes: [Ingress, Egress] -> policyTypes: [Ingress]
            NetworkPolicyTest.eachServiceReachesWhatItNeedsAndNothingElse -> templates/networkpolicies.yaml -> $.Values.database.url -> $.Values.schemaRegistry.url
            NetworkPolicyTest.thePortsAreThoseOfTheAddressesUnlessOthersAreNamed -> templates/_helpers.tpl -> $ports | uniq | join "," -> $ports | first
            NetworkPolicyTest.eachDestinationCanBeNarrowedDown -> templates/networkpolicies.yaml -> with index $policy .what -> with index $policy "kafkas"
            NetworkPolicyTest.onlyPrometheusSeesHealthAndMetrics -> values.yaml -> kubernetes.io/metadata.name: monitoring -> kubernetes.io/metadata.name: default
            NetworkPolicyTest.onlyDoorsAreOpenAndOnlyToWhoIsNamed -> templates/networkpolicies.yaml -> toYaml $.Values.networkPolicy.doors -> toYaml $.Values.networkPolicy.prometheus
            NetworkPolicyTest.copiesOfRoutingMayAskEachOther -> templates/networkpolicies.yaml -> - to: [{podSelector -> - to: [{namespaceSelector: {}}, {podSelector
            NetworkPolicyTest.aClusterWithoutNetworkPoliciesGetsNone -> templates/networkpolicies.yaml -> if .enabled -> if true
            ScalingTest.thereIsACopyForEachStandby -> values.schema.json -> "minimum": 2 -> "minimum": 1
            ScalingTest.stateIsOnAVolumeOfTheCopysOwn -> templates/streams.yaml -> [ReadWriteOnce] -> [ReadWriteMany]
            ScalingTest.anUpdateTakesOneCopyAndWaitsUntilItCanHaveItsWorkBack -> templates/streams.yaml -> minReadySeconds: 75 -> minReadySeconds: 10
            ScalingTest.copiesStartTogetherAndSoShareTheirWorkOutOnce -> templates/streams.yaml -> podManagementPolicy: Parallel -> podManagementPolicy: OrderedReady
            ScalingTest.copiesOfRoutingFindEachOtherAlsoWhilePartitionsMove -> templates/parts.yaml -> publishNotReadyAddresses: true -> publishNotReadyAddresses: false
            ScalingTest.byDefaultNothingScalesByItself -> templates/autoscaling.yaml -> if .Values.autoscaling.enabled -> if true
            ScalingTest.copiesAreAddedByWhatTheServiceHasNotReadYet -> templates/_helpers.tpl -> reads: [support.chats, support.callbacks] -> reads: [support.tickets, support.chats, support.callbacks]
            ScalingTest.thereAreNeverMoreCopiesThanPartitionsOrFewerThanStandbysNeed -> templates/autoscaling.yaml -> if gt (int .Values.autoscaling.maxReplicas) -> if gt 0
            ScalingTest.switchingScalingOnTakesNoCopyAway -> templates/streams.yaml -> $replicas := $values.replicas -> $replicas := 1
            SettingsTest.eachVariableIsASettingOfTheService -> templates/_helpers.tpl -> GUICHET_TOPICS_PARTITIONS -> GUICHET_TOPICS_PARTITION
            SettingsTest.theDesksOwnSettingsCanBeReadFromTheVariables -> templates/_helpers.tpl -> value: {{ $all.topics.partitions | quote }} -> value: many
            SettingsTest.doorsListenWhereTheClusterLooksForThem -> templates/_helpers.tpl -> door: 8082 -> door: 8080
            SettingsTest.aPolicyOfOnesOwnArrivesAsItWasWritten -> templates/policy.yaml -> .Values.policy.file | toJson -> .Values.policy.file | upper | toJson
            SettingsTest.anotherPolicyStartsThePodsAnew -> templates/_helpers.tpl -> $all.policy.file | sha256sum -> "the same"
            SettingsTest.secretsAreNamedAndNeverTold -> templates/_helpers.tpl -> {name: GUICHET_REQUESTS_SCHEMA, -> {name: GUICHET_REQUESTS_PASSWORD,
            SettingsTest.secretFilesAreSettingsAndLieWhereTheServicesLook -> templates/_helpers.tpl -> mountPath: /run/secrets/guichet -> mountPath: /run/secrets
            SettingsTest.eachServiceHasAnAccountOfItsOwnAtKafka -> values.yaml -> secret: escalation-service -> secret: routing-service
            SettingsTest.onlyIntakeKnowsTheDatabase -> values.yaml -> secretFiles: [] -> secretFiles: [{setting: guichet.requests.password, secret: a, key: b}]
            SettingsTest.whatIsSaidToOneServiceReachesItAndNoOther -> templates/_helpers.tpl -> (index $all .part.values).env -> $all.slaMonitor.env
            SettingsTest.withoutSecurityAtKafkaThereIsNoAccount -> templates/_helpers.tpl -> {{- if $all.kafka.secured }}\\n- {name -> {{- if true }}\\n- {name
            ValuesTest.whatMustBeGivenIsAskedFor -> values.schema.json -> "required": ["bootstrapServers"] -> "required": []
            ValuesTest.aWrongValueIsRefusedAndNamed -> values.schema.json -> "additionalProperties": false -> "additionalProperties": true
            ValuesTest.nobodyIsLetInByAnEmptyList -> values.schema.json -> {"minItems": 1}]} -> {"minItems": 0}]}
            WorkloadTest.thereAreTheFourServices -> templates/_helpers.tpl -> service: escalation-service -> service: escalation
            WorkloadTest.runsAsNobodyWithoutAnyRight -> templates/_helpers.tpl -> capabilities: {drop: [ALL]} -> capabilities: {drop: [NET_RAW]}
            WorkloadTest.writesOnlyWhereItMust -> templates/_helpers.tpl -> readOnlyRootFilesystem: true -> readOnlyRootFilesystem: false
            WorkloadTest.hasNothingOfTheNode -> templates/_helpers.tpl -> enableServiceLinks: false -> enableServiceLinks: false\\n  hostNetwork: true
            WorkloadTest.getsNoTokenOfTheClusterAndNoVariablesOfItsServices -> templates/_helpers.tpl -> enableServiceLinks: false -> enableServiceLinks: true
            WorkloadTest.isAskedHowItIsWhereTheActuatorListens -> templates/_helpers.tpl -> path: /actuator/health/readiness -> path: /actuator/health
            WorkloadTest.isGivenTwoMinutesToStartAndIsNotTakenOutForAShortRebalance -> templates/_helpers.tpl -> failureThreshold: 60 -> failureThreshold: 30
            WorkloadTest.hasMemoryOfItsOwnAndRoomOnAProcessor -> values.yaml -> limits: {memory: 1Gi} -> limits: {memory: 2Gi}
            WorkloadTest.hasTimeToLeaveItsGroupAndEndWhatIsUnderWay -> templates/_helpers.tpl -> terminationGracePeriodSeconds: 60 -> terminationGracePeriodSeconds: 30
            WorkloadTest.isSpreadOverNodesAndZones -> templates/_helpers.tpl -> topologyKey: topology.kubernetes.io/zone -> topologyKey: topology.kubernetes.io/region
            WorkloadTest.byDefaultNoTwoCopiesOfAServiceAreOnANode -> values.yaml -> nodes: DoNotSchedule -> nodes: ScheduleAnyway
            WorkloadTest.losesOneCopyAtATimeToTheClustersUpkeep -> templates/parts.yaml -> maxUnavailable: 1 -> maxUnavailable: 2
            WorkloadTest.theDoorOfIntakeIsNeverNarrowerDuringAnUpdate -> templates/intake.yaml -> maxUnavailable: 0 -> maxUnavailable: 1
            WorkloadTest.copiesOfIntakeShareTheFilesOfTicketsAndTheseOutliveTheRelease -> templates/intake.yaml -> resource-policy: keep -> resource-policy: delete
            WorkloadTest.withABucketThereIsNoVolumeToShare -> templates/intake.yaml -> or .Values.attachments.s3.bucket -> or false
            WorkloadTest.theImagesAreThoseOfThisBuildUnlessOthersAreNamed -> Chart.yaml -> appVersion: 0. -> appVersion: 1000.
            WorkloadTest.aServiceCanBeUpgradedBeforeTheOthers -> templates/_helpers.tpl -> $values.tag | default $all -> $all
            WorkloadTest.podsGoWhereTheyAreWanted -> templates/_helpers.tpl -> with $all.pods.nodeSelector -> with $all.pods.selector
            """;

    /** Rules for how resources and settings are read, which have their faults in themselves. */
    private static final Set<String> NOT_FOR_THE_CHART =
            Set.of(
                    "ManifestsTest.eachResourceHasOnlyFieldsOfItsKindAndNoneMissing",
                    "ManifestsTest.aFaultInAResourceIsNoticed",
                    "ManifestsTest.aFieldThatIsWrittenTwiceIsNoticed",
                    "SettingsTest.aMisspeltSettingWouldBeNoticed");

    private static final List<Class<?>> RULES =
            List.of(
                    DoorsTest.class,
                    ManifestsTest.class,
                    MonitoringTest.class,
                    NetworkPolicyTest.class,
                    ScalingTest.class,
                    SettingsTest.class,
                    ValuesTest.class,
                    WorkloadTest.class);

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiterString = "->", textBlock = FAULTS)
    void isNoticed(String rule, String file, String right, String wrong, @TempDir Path folder)
            throws IOException {
        Path chart = folder.resolve("guichet");
        Chart.copy(chart);
        String text = Files.readString(chart.resolve(file));
        assertThat(text).contains(lines(right));
        Files.writeString(chart.resolve(file), text.replace(lines(right), lines(wrong)));

        SummaryGeneratingListener said = new SummaryGeneratingListener();
        Chart.replaced(chart, () -> check(method(rule), said));

        assertThat(said.getSummary().getFailures())
                .isNotEmpty()
                .extracting(Failure::getException)
                .allMatch(AssertionError.class::isInstance);
    }

    @Test
    void thereIsAFaultForEachRule() {
        assertThat(FAULTS.lines().map(line -> line.replaceAll(" ->.*", "")))
                .containsExactlyInAnyOrderElementsOf(
                        RULES.stream()
                                .flatMap(PlantedFaultsTest::methods)
                                .map(PlantedFaultsTest::name)
                                .filter(rule -> !NOT_FOR_THE_CHART.contains(rule))
                                .toList());
    }

    private static void check(Method rule, SummaryGeneratingListener listener) {
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(rule.getDeclaringClass(), rule))
                                .build(),
                        listener);
    }

    private static Method method(String rule) {
        return RULES.stream()
                .flatMap(PlantedFaultsTest::methods)
                .filter(method -> name(method).equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Method> methods(Class<?> rules) {
        return Arrays.stream(rules.getDeclaredMethods())
                .filter(
                        method ->
                                method.isAnnotationPresent(Test.class)
                                        || method.isAnnotationPresent(ParameterizedTest.class));
    }

    private static String name(Method rule) {
        return rule.getDeclaringClass().getSimpleName() + "." + rule.getName();
    }

    private static String lines(String written) {
        return written.replace("\\n", "\n");
    }
}
