package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.localstack.Ports;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Prometheus as {@code deploy/prometheus} sets it up, in a container. As the desk listens on this
 * machine's loopback address only, so does Prometheus: Docker must run on the same Linux.
 */
final class Prometheus implements AutoCloseable {

    /** The system property that names the image, as the profile {@code containers} does. */
    static final String IMAGE = "guichet.image.prometheus";

    static final Path FILES = Path.of("..", "deploy", "prometheus");

    private static final String HOME = "/etc/prometheus";
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final GenericContainer<?> container;
    private final URI address;

    private Prometheus(GenericContainer<?> container, int port) {
        this.container = container;
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    /**
     * Scrapes a desk, often; the rest of the configuration and the rules are those of the files.
     */
    static Prometheus watching(Ports desk) {
        int port = freePort();
        GenericContainer<?> container =
                image().withNetworkMode("host")
                        .withCopyToContainer(
                                Transferable.of(configuration(desk)), HOME + "/prometheus.yml")
                        .withCopyFileToContainer(
                                MountableFile.forHostPath(FILES.resolve("rules")), HOME + "/rules")
                        .withCommand(
                                "--config.file=" + HOME + "/prometheus.yml",
                                "--storage.tsdb.path=/tmp/prometheus",
                                "--web.listen-address=127.0.0.1:" + port);
        container.start();
        Prometheus prometheus = new Prometheus(container, port);
        await().atMost(TO_START)
                .ignoreExceptions()
                .until(() -> prometheus.get("/-/ready").statusCode() == 200);
        return prometheus;
    }

    /** A container in which nothing runs yet. */
    static GenericContainer<?> image() {
        return new GenericContainer<>(System.getProperty(IMAGE));
    }

    /** What a query yields now; fails where Prometheus does not take it. */
    JsonNode query(String promql) {
        return data("/api/v1/query?query=" + URLEncoder.encode(promql, UTF_8)).get("result");
    }

    /** All rules as Prometheus last evaluated them. */
    List<JsonNode> rules() {
        return data("/api/v1/rules")
                .get("groups")
                .valueStream()
                .flatMap(group -> group.get("rules").valueStream())
                .toList();
    }

    private JsonNode data(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("data");
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        container.stop();
    }

    private static String configuration(Ports desk) {
        Map<String, Integer> ports =
                Map.of(
                        "intake-service", desk.intake(),
                        "routing-service", desk.routing(),
                        "sla-monitor-service", desk.slaMonitor(),
                        "escalation-service", desk.escalation());
        Map<String, Object> configuration = yaml(FILES.resolve("prometheus.yml"));
        configuration.put(
                "global",
                Map.of(
                        "scrape_interval", "2s",
                        "scrape_timeout", "2s",
                        "evaluation_interval", "2s"));
        for (Map<String, Object> job : jobs(configuration)) {
            int port = ports.get((String) job.get("job_name"));
            job.put("static_configs", List.of(Map.of("targets", List.of("127.0.0.1:" + port))));
        }
        return new Yaml().dump(configuration);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> jobs(Map<String, Object> configuration) {
        return (List<Map<String, Object>>) configuration.get("scrape_configs");
    }

    private static Map<String, Object> yaml(Path file) {
        try {
            return new Yaml().load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
