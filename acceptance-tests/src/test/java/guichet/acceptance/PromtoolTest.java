package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus' own tool takes the configuration, and finds that alerts fire when they should. */
@EnabledIfSystemProperty(named = Prometheus.IMAGE, matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class PromtoolTest {

    private static final String FILES = "/deploy/prometheus/";

    private final GenericContainer<?> container =
            Prometheus.image()
                    .withCreateContainerCmdModifier(
                            command -> command.withEntrypoint("tail", "-f", "/dev/null"))
                    .withCopyFileToContainer(MountableFile.forHostPath(Prometheus.FILES), FILES);

    @BeforeAll
    void start() {
        container.start();
    }

    @AfterAll
    void stop() {
        container.stop();
    }

    @Test
    void takesTheConfigurationAndTheRules() throws Exception {
        succeeds("check", "config", FILES + "prometheus.yml");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsThatAlertsFireWhenTheyShould(String cases) throws Exception {
        succeeds("test", "rules", FILES + "tests/" + cases);
    }

    private void succeeds(String... arguments) throws IOException, InterruptedException {
        ExecResult result =
                container.execInContainer(
                        Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                                .toArray(String[]::new));
        assertThat(result.getExitCode()).as(result.toString()).isZero();
    }

    private static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(Prometheus.FILES.resolve("tests"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
