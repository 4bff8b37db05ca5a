package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.events.Plan;
import guichet.intake.IntakeService;
import guichet.localstack.Ports;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * T4 with Keycloak as the identity provider, set up as docs/identity.md says. Runs where {@value
 * #HOME} names the folder of a Keycloak, as the profile {@code containers} does.
 */
@EnabledIfSystemProperty(named = KeycloakTest.HOME, matches = ".+")
@OnTheWholeDesk
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class KeycloakTest {

    static final String HOME = "guichet.keycloak";

    private static final Duration TO_START = Duration.ofMinutes(4);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI realm;
    private final Process keycloak;
    private WholeDesk.Running desk;
    private ConfigurableApplicationContext intake;
    private URI door;

    /** Starts Keycloak, which need not wait for the desk. */
    KeycloakTest() throws IOException {
        int port = Ports.free().identity();
        realm = URI.create("http://localhost:%d/realms/guichet".formatted(port));
        keycloak = start(Path.of(System.getProperty(HOME)), port);
    }

    @BeforeAll
    void startADoorThatBelievesKeycloak(WholeDesk.Running desk) {
        this.desk = desk;
        await().atMost(TO_START)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> get("/.well-known/openid-configuration").statusCode() == 200);
        Ports ports = Ports.free();
        door = URI.create("http://localhost:" + ports.intake());
        String jwt = "--spring.security.oauth2.resourceserver.jwt.";
        intake =
                IntakeService.start(
                        "--server.port=" + ports.intake(),
                        "--guichet.policy=demo",
                        "--guichet.requests.password=",
                        "--spring.kafka.bootstrap-servers=" + desk.desk().bootstrapServers(),
                        "--spring.kafka.properties.schema.registry.url="
                                + desk.desk().registryUrl(),
                        jwt + "issuer-uri=" + realm,
                        jwt + "jwk-set-uri=" + realm + "/protocol/openid-connect/certs");
    }

    @AfterAll
    void stop() {
        if (intake != null) {
            intake.close();
        }
        keycloak.descendants().forEach(ProcessHandle::destroy);
        keycloak.destroy();
    }

    @Test
    void t4_theHighestPlanAmongTheAccountsOfWhoSignedInDecidesTheLevel() throws Exception {
        Customer ana = chatOf("ana", "support-site");

        assertThat(ana.getPlan()).isEqualTo(Plan.ENTERPRISE);
        assertThat(ana.getName()).isEqualTo("Ana Prado");
        assertThat(ana.getEmail()).isEqualTo("ana@example.com");
    }

    @Test
    void t4_whoHasNoAccountIsBasic() throws Exception {
        assertThat(chatOf("rui", "support-site").getPlan()).isEqualTo(Plan.BASIC);
    }

    @Test
    void aTokenOfTheAgentsDesktopIsNoCustomers() throws Exception {
        assertThat(askForChat(token("rui", "agents-desktop")).statusCode()).isEqualTo(403);
    }

    private Customer chatOf(String person, String client) throws Exception {
        HttpResponse<String> answer = askForChat(token(person, client));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String id = JSON.readTree(answer.body()).get("id").asString();
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(desk.log().of(id, ChatStarted.class)).isNotEmpty());
        return desk.log().of(id, ChatStarted.class).getFirst().getCustomer();
    }

    private HttpResponse<String> askForChat(String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(door.resolve("/api/chats"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString("{\"language\": \"en\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private String token(String person, String client) throws Exception {
        String form =
                Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                client,
                                "username",
                                person,
                                "password",
                                "of-" + person,
                                "scope",
                                "openid")
                        .entrySet()
                        .stream()
                        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
        JsonNode body = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return body.get("access_token").asString();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(realm + path)).build(), BodyHandlers.ofString());
    }

    private static Process start(Path home, int port) throws IOException {
        FileSystemUtils.deleteRecursively(home.resolve("data"));
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(realms.resolve("guichet-realm.json"), realmWithPeople());
        Path script = home.resolve("bin/kc.sh");
        ProcessBuilder builder =
                new ProcessBuilder(
                                "bash",
                                script.toString(),
                                "start-dev",
                                "--import-realm",
                                "--http-host=127.0.0.1",
                                "--http-port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("data/keycloak.log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // It is there for a minute.
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        return builder.start();
    }

    /** The realm of the documentation, with people who may type their passwords into a test. */
    private static String realmWithPeople() throws IOException {
        ObjectNode realm =
                (ObjectNode)
                        JSON.readTree(
                                Files.readString(Path.of("..", "docs", "keycloak-realm.json")));
        realm.get("clients")
                .forEach(client -> ((ObjectNode) client).put("directAccessGrantsEnabled", true));
        realm.putPOJO(
                "users",
                List.of(
                        person(
                                "ana",
                                "Prado",
                                """
                                {"id": "site-1", "plan": "TEAM", "role": "OWNER"}""",
                                """
                                {"id": "site-2", "plan": "ENTERPRISE", "role": "EDITOR"}"""),
                        person("rui", "Costa")));
        return JSON.writeValueAsString(realm);
    }

    private static Map<String, ?> person(String name, String lastName, String... accounts) {
        return Map.of(
                "username",
                name,
                "enabled",
                true,
                "firstName",
                name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                "lastName",
                lastName,
                "email",
                name + "@example.com",
                "emailVerified",
                true,
                "attributes",
                Map.of("accounts", List.of(accounts)),
                "credentials",
                List.of(Map.of("type", "password", "value", "of-" + name)));
    }
}
