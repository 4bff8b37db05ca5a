package guichet.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import guichet.policy.SupportPolicy;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1KeyToPath;
import io.kubernetes.client.openapi.models.V1SecretProjection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the chart tells the services are settings that they have; what is secret it never tells. */
class SettingsTest {

    /** For others than Spring: the downward API, the AWS SDK, and the JVM. */
    private static final Set<String> NOT_OURS =
            Set.of(
                    "POD_NAME",
                    "AWS_SHARED_CREDENTIALS_FILE",
                    "aws-credentials",
                    "JDK_JAVA_OPTIONS",
                    "trust.p12");

    /** A service's account at Kafka, under the profile {@code secured}. */
    private static final Set<String> ACCOUNT = Set.of("guichet.kafka.password", "guichet.kafka.ca");

    @ParameterizedTest
    @EnumSource
    void eachVariableIsASettingOfTheService(Chart.Values values) {
        Set<String> known = Settings.variables();

        for (Workload workload : Workload.of(Chart.rendered(values))) {
            assertThat(workload.container().getEnv())
                    .extracting(V1EnvVar::getName)
                    .doesNotHaveDuplicates()
                    .filteredOn(name -> !NOT_OURS.contains(name))
                    .filteredOn(name -> !name.startsWith("LOGGING_LEVEL_"))
                    .isSubsetOf(known);
        }
    }

    @Test
    void aMisspeltSettingWouldBeNoticed() {
        assertThat(Settings.variables())
                .contains("GUICHET_TOPICS_PARTITIONS", "GUICHET_ATTACHMENTS_S3_BUCKET")
                .doesNotContain("GUICHET_TOPICS_PARTITION", "SPRING_KAFKA_BOOTSTRAPSERVER");
    }

    @ParameterizedTest
    @EnumSource
    void theDesksOwnSettingsCanBeReadFromTheVariables(Chart.Values values) {
        for (Workload workload : Workload.of(Chart.rendered(values))) {
            Binder binder = binder(workload);
            Settings.records()
                    .forEach(
                            (prefix, type) ->
                                    assertThatCode(
                                                    () ->
                                                            binder.bindOrCreate(
                                                                    prefix, Bindable.of(type)))
                                            .as("%s of %s", prefix, workload)
                                            .doesNotThrowAnyException());
        }
    }

    @ParameterizedTest
    @EnumSource
    void doorsListenWhereTheClusterLooksForThem(Chart.Values values) {
        for (Workload workload : Workload.of(Chart.rendered(values))) {
            assertThat(workload.container().getPorts())
                    .filteredOn(port -> port.getName().equals("http"))
                    .allMatch(
                            port ->
                                    port.getContainerPort()
                                            .equals(
                                                    Settings.inYaml(
                                                            workload.service() + ".yml",
                                                            "server.port")));
        }
    }

    @Test
    void aPolicyOfOnesOwnArrivesAsItWasWritten(@TempDir Path folder) throws IOException {
        Manifests desk = Chart.rendered(Chart.Values.EVERYTHING);
        String text = desk.named(V1ConfigMap.class, "guichet-policy").getData().get("policy.yaml");
        Path file = Files.writeString(folder.resolve("policy.yaml"), text);

        assertThatCode(() -> SupportPolicy.load(file.toUri().toString()))
                .doesNotThrowAnyException();
        assertThat(Workload.of(desk))
                .allMatch(
                        it ->
                                it.variable("GUICHET_POLICY")
                                        .equals(Optional.of("file:/etc/guichet/policy.yaml")))
                .allMatch(it -> it.volume("policy").isPresent());
    }

    @Test
    void anotherPolicyStartsThePodsAnew() {
        assertThat(annotations("based-on: demo"))
                .isNotEqualTo(annotations("based-on: support-page"));
    }

    @ParameterizedTest
    @EnumSource
    void secretsAreNamedAndNeverTold(Chart.Values values) {
        Manifests desk = Chart.rendered(values);

        assertThat(desk.text()).doesNotContain("kind: Secret\n");
        for (Workload workload : Workload.of(desk)) {
            assertThat(workload.container().getEnv())
                    .noneMatch(it -> it.getName().matches(".*(PASSWORD|SECRET|TOKEN|JAAS).*"))
                    .noneMatch(it -> it.getValue() != null && it.getValue().contains("password"));
            assertThat(workload.container().getEnvFrom()).isNullOrEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void secretFilesAreSettingsAndLieWhereTheServicesLook(Chart.Values values) {
        Set<String> known = Settings.names().collect(Collectors.toSet());

        for (Workload workload : Workload.of(Chart.rendered(values))) {
            assertThat(workload.container().getVolumeMounts())
                    .filteredOn(mount -> mount.getName().equals("secrets"))
                    .allMatch(mount -> mount.getMountPath().equals("/run/secrets/guichet"))
                    .allMatch(mount -> mount.getReadOnly())
                    .hasSize(1);
            assertThat(secretFiles(workload))
                    .filteredOn(name -> !NOT_OURS.contains(name) && !ACCOUNT.contains(name))
                    .isSubsetOf(known);
        }
    }

    @Test
    void eachServiceHasAnAccountOfItsOwnAtKafka() {
        assertThat(Workload.of(Chart.rendered(Chart.Values.MINIMAL)))
                .allSatisfy(
                        it -> {
                            assertThat(it.variable("SPRING_PROFILES_ACTIVE")).contains("secured");
                            assertThat(secrets(it))
                                    .anySatisfy(
                                            secret -> {
                                                assertThat(secret.getName())
                                                        .isEqualTo(it.service());
                                                assertThat(secret.getItems().getFirst().getPath())
                                                        .isEqualTo("guichet.kafka.password");
                                            });
                        });
    }

    @Test
    void onlyIntakeKnowsTheDatabase() {
        assertThat(Workload.of(Chart.rendered(Chart.Values.MINIMAL)))
                .filteredOn(it -> secretFiles(it).contains("guichet.requests.password"))
                .extracting(Workload::service)
                .containsExactly("intake-service");
    }

    @Test
    void whatIsSaidToOneServiceReachesItAndNoOther() {
        List<Workload> told =
                Workload.of(Chart.rendered(Chart.Values.EVERYTHING)).stream()
                        .filter(it -> it.variable("JDK_JAVA_OPTIONS").isPresent())
                        .toList();

        assertThat(told).extracting(Workload::service).containsExactly("sla-monitor-service");
        assertThat(told.getFirst().variable("JDK_JAVA_OPTIONS"))
                .contains("-Djavax.net.ssl.trustStore=/run/secrets/guichet/trust.p12");
        assertThat(secretFiles(told.getFirst())).contains("trust.p12");
    }

    @Test
    void withoutSecurityAtKafkaThereIsNoAccount() {
        Manifests desk =
                Chart.rendered(
                        Chart.Values.MINIMAL, command -> command.set("kafka.secured", "false"));

        assertThat(Workload.of(desk))
                .allMatch(it -> it.variable("SPRING_PROFILES_ACTIVE").isEmpty())
                .filteredOn(it -> it.volume("secrets").isPresent())
                .extracting(Workload::service)
                .containsExactly("intake-service");
    }

    private static Binder binder(Workload workload) {
        Map<String, Object> environment =
                workload.container().getEnv().stream()
                        .filter(it -> it.getValue() != null)
                        .collect(Collectors.toMap(V1EnvVar::getName, V1EnvVar::getValue));
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment));
        return new Binder(ConfigurationPropertySources.from(sources));
    }

    private static List<Map<String, String>> annotations(String policy) {
        return Workload.of(
                        Chart.rendered(
                                Chart.Values.MINIMAL,
                                command -> command.set("policy.file", policy)))
                .stream()
                .map(it -> it.template().getMetadata().getAnnotations())
                .toList();
    }

    private static List<String> secretFiles(Workload workload) {
        return secrets(workload)
                .flatMap(secret -> secret.getItems().stream())
                .map(V1KeyToPath::getPath)
                .toList();
    }

    private static Stream<V1SecretProjection> secrets(Workload workload) {
        return workload.volume("secrets").stream()
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .map(source -> source.getSecret());
    }
}
