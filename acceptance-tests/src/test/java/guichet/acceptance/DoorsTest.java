package guichet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.localstack.Ports;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Each service shows its health and metrics, and nothing else to those who bring no token. */
@OnTheWholeDesk
class DoorsTest {

    private enum Service {
        INTAKE {
            @Override
            int port(Ports ports) {
                return ports.intake();
            }
        },
        ROUTING {
            @Override
            int port(Ports ports) {
                return ports.routing();
            }
        },
        SLA_MONITOR {
            @Override
            int port(Ports ports) {
                return ports.slaMonitor();
            }
        },
        ESCALATION {
            @Override
            int port(Ports ports) {
                return ports.escalation();
            }
        };

        abstract int port(Ports ports);
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final Ports ports;

    DoorsTest(WholeDesk.Running desk) {
        this.ports = desk.ports();
    }

    @ParameterizedTest
    @EnumSource
    void healthIsOpenAndUp(Service service) throws Exception {
        HttpResponse<String> health = get(service, "/actuator/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"status\":\"UP\"");
    }

    @ParameterizedTest
    @EnumSource
    void metricsAreOpenAndNameTheService(Service service) throws Exception {
        HttpResponse<String> metrics = get(service, "/actuator/prometheus");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("application=\"" + name(service) + "\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUTING", "SLA_MONITOR", "ESCALATION"})
    void metricsTellHowFarEachTasksKnowledgeLags(Service service) throws Exception {
        assertThat(get(service, "/actuator/prometheus").body())
                .containsPattern("guichet_knowledge_lag_seconds\\{.*task=\"0_3\"");
    }

    @ParameterizedTest
    @EnumSource
    void everythingElseIsClosed(Service service) throws Exception {
        assertThat(get(service, "/actuator/env").statusCode()).isIn(401, 403);
        assertThat(get(service, "/api/agents/me/offers").statusCode()).isIn(401, 403);
    }

    private static String name(Service service) {
        return service.name().toLowerCase().replace('_', '-') + "-service";
    }

    private HttpResponse<String> get(Service service, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + service.port(ports) + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
