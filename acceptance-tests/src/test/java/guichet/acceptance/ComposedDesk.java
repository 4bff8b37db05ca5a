package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.localstack.Ports;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The desk of docker-compose.yml, in containers of the images that deploy/images/build makes of
 * what Maven has packaged. It has ports of its own choice, so there is one on a machine.
 */
final class ComposedDesk implements DeskUnderTest {

    /** How {@link DeskUnderTest#CHOICE} names it. */
    static final String CHOSEN = "images";

    /** Likewise the desk of docker-compose.secured.yml, which is started by its own test alone. */
    static final String SECURED = "secured-images";

    /** Everything that the containers have said, once the desk is closed. */
    static final Path LOGS = Path.of("target", "containers.log").toAbsolutePath();

    /** Certificates and passwords of a secured desk. */
    static final Path SECRETS = Path.of("target", "secrets").toAbsolutePath();

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Not that of a desk which somebody runs here. */
    private static final String PROJECT = "guichet-test";

    private static final URI PROMETHEUS = URI.create("http://localhost:9090/api/v1/");

    private static final String RUNNING_PROMETHEUS = ".*[_-]prometheus[_-]1 running";

    /** Each takes a tenth of a second of the processors that the containers start with. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(3);

    private static final Duration LONGEST_START = Duration.ofMinutes(6);

    private static final List<String> COMPOSE =
            isOnThePath("docker-compose")
                    ? List.of("docker-compose")
                    : List.of("docker", "compose");

    private final List<String> files;
    private Duration timeToHealth = Duration.ZERO;
    private List<String> startedTwice = List.of();

    /**
     * @param files those of compose, one on top of the other
     */
    private ComposedDesk(String... files) {
        this.files = Stream.of(files).flatMap(file -> Stream.of("--file", file)).toList();
    }

    /** What compose makes of files and profiles, in YAML. */
    static String read(String... filesAndProfiles) {
        return compose(
                Stream.concat(Stream.of(filesAndProfiles), Stream.of("config"))
                        .toArray(String[]::new));
    }

    /** Builds the images, and returns when all containers are healthy. */
    static ComposedDesk start() {
        return start(new ComposedDesk("docker-compose.yml"));
    }

    /** Likewise one of docker-compose.secured.yml, with a single copy of each service. */
    static ComposedDesk startSecured() {
        run(List.of("rm", "--recursive", "--force", SECRETS.toString()));
        run(List.of("deploy/kafka/make-secrets", SECRETS.toString()));
        return start(
                new ComposedDesk("docker-compose.yml", "docker-compose.secured.yml"),
                Stream.of("routing-2", "sla-monitor-2", "escalation-2", "prometheus")
                        .flatMap(service -> Stream.of("--scale", service + "=0"))
                        .toArray(String[]::new));
    }

    private static ComposedDesk start(ComposedDesk desk, String... options) {
        run(List.of("deploy/images/build"));
        desk.remove();
        try {
            long began = System.nanoTime();
            desk.ask(
                    "up",
                    Stream.concat(Stream.of("--detach"), Stream.of(options))
                            .toArray(String[]::new));
            desk.awaitHealthy();
            desk.timeToHealth = Duration.ofNanos(System.nanoTime() - began);
            desk.startedTwice =
                    ofEach("{{if .RestartCount}}{{.Name}}{{end}}")
                            .filter(name -> !name.isEmpty())
                            .toList();
            return desk;
        } catch (RuntimeException | Error failure) {
            desk.close();
            throw failure;
        }
    }

    /** How long it took, with the images there, until all was healthy. */
    Duration timeToHealth() {
        return timeToHealth;
    }

    /** Which containers ended by themselves before that, and were started again. */
    List<String> startedTwice() {
        return startedTwice;
    }

    /**
     * Returns when every container is healthy, or has done what it was for. Of Prometheus' health
     * nothing is known, since not every image of it has a tool to ask with: it runs.
     */
    void awaitHealthy() {
        await("every container is healthy")
                .atMost(LONGEST_START)
                .pollInterval(BETWEEN_QUESTIONS)
                .untilAsserted(
                        () ->
                                assertThat(states())
                                        .isNotEmpty()
                                        .allMatch(
                                                state ->
                                                        state.endsWith(" healthy")
                                                                || state.matches(RUNNING_PROMETHEUS)
                                                                || state.endsWith(" done")));
    }

    /** The series that the desk's Prometheus answers with. */
    List<JsonNode> series(String promql) throws IOException, InterruptedException {
        return askPrometheus("query?query=" + URLEncoder.encode(promql, UTF_8))
                .get("result")
                .valueStream()
                .toList();
    }

    /** What the desk's Prometheus answers. */
    JsonNode askPrometheus(String question) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(PROMETHEUS.resolve(question)).build();
            return JsonMapper.shared()
                    .readTree(http.send(request, BodyHandlers.ofString()).body())
                    .get("data");
        }
    }

    /** Does to services as one of compose's commands says: stop, start, kill, restart. */
    void command(String command, String... services) {
        ask(command, services);
    }

    /** Takes a service's cable out. */
    void cutOff(String service) {
        run(List.of("docker", "network", "disconnect", network(), container(service)));
    }

    /** Puts it in again. */
    void reconnect(String service) {
        run(
                List.of(
                        "docker",
                        "network",
                        "connect",
                        "--alias",
                        service,
                        network(),
                        container(service)));
    }

    /** All that Docker knows of the containers. */
    String inspect() {
        List<String> question = new ArrayList<>(List.of("docker", "inspect"));
        question.addAll(containers());
        return run(question);
    }

    /** What a service's container has written on its standard output. */
    String said(String service) {
        return run(List.of("docker", "logs", container(service)));
    }

    /** Runs a command of bash in a service's container and returns what it says. */
    String bash(String service, String script) {
        return run(List.of("docker", "exec", container(service), "bash", "-c", script));
    }

    @Override
    public Ports ports() {
        return Ports.published();
    }

    @Override
    public String bootstrapServers() {
        return "localhost:9092,localhost:9192,localhost:9292";
    }

    @Override
    public String registryUrl() {
        return "http://localhost:%d/apis/ccompat/v7".formatted(ports().registry());
    }

    @Override
    public URI intake() {
        return URI.create("http://localhost:" + ports().intake());
    }

    @Override
    public URI identity() {
        return URI.create("http://localhost:" + ports().identity());
    }

    @Override
    public void close() {
        try {
            Files.writeString(LOGS, ask("logs", "--no-color", "--timestamps"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove();
        }
    }

    private void remove() {
        ask("down", "--volumes", "--remove-orphans", "--timeout", "3");
    }

    private static List<String> states() {
        return ofEach(
                        "{{.Name}} {{if .State.Health}}{{.State.Health.Status}}"
                                + "{{else if eq .State.Status \"exited\"}}"
                                + "{{if .State.ExitCode}}failed{{else}}done{{end}}"
                                + "{{else}}{{.State.Status}}{{end}}")
                .toList();
    }

    /** A line about each container. */
    private static Stream<String> ofEach(String format) {
        List<String> question = new ArrayList<>(List.of("docker", "inspect", "--format", format));
        question.addAll(containers());
        return run(question).lines();
    }

    private static String container(String service) {
        return containers("--filter", "label=com.docker.compose.service=" + service).getFirst();
    }

    /** Asked of docker, since compose takes a second of processor time to answer. */
    private static List<String> containers(String... more) {
        List<String> question =
                new ArrayList<>(
                        List.of(
                                "docker",
                                "ps",
                                "--all",
                                "--quiet",
                                "--filter",
                                "label=com.docker.compose.project=" + PROJECT));
        question.addAll(List.of(more));
        return run(question).lines().toList();
    }

    private static String network() {
        return PROJECT + "_default";
    }

    private String ask(String command, String... arguments) {
        return compose(
                Stream.of(files.stream(), Stream.of(command), Stream.of(arguments))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    private static String compose(String... arguments) {
        List<String> command = new ArrayList<>(COMPOSE);
        command.addAll(List.of("--project-name", PROJECT));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static boolean isOnThePath(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** Returns what a command says; what it says of its progress is the test's to say too. */
    private static String run(List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(ROOT.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("GUICHET_POLICY", "demo");
            builder.environment().put("GUICHET_SECRETS", SECRETS.toString());
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as("%s%n%s", command, said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
