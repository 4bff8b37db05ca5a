package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.escalation.EscalationService;
import guichet.events.CallAnswered;
import guichet.events.CallbackRequested;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.ContactQueued;
import guichet.events.Customer;
import guichet.events.OfferMade;
import guichet.events.Plan;
import guichet.events.ResponseMet;
import guichet.intake.IntakeService;
import guichet.localstack.Ports;
import guichet.localstack.platform.DemoIdentity;
import guichet.localstack.platform.DemoPerson;
import guichet.localstack.platform.Postgres;
import guichet.routing.RoutingService;
import guichet.schemas.Principal;
import guichet.schemas.Topics;
import guichet.sla.SlaMonitorService;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.userdetails.UserDetailsService;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The four services under the profile {@code secured}, each as its own principal and with the
 * actuator on a port of its own, before a broker that refuses what is not allowed.
 */
class SecuredDeskTest {

    private static final int PARTITIONS = 2;
    private static final String REGISTRY = "mock://secured-desk";

    /** Nothing is late, and who talks for three seconds has talked too long. */
    private static final String POLICY =
            """
            based-on: demo
            targets:
              - {row: T1, channels: [web], within: 5 minutes}
              - {row: T2, channels: [chat], within: 5 minutes}
              - {row: T3, channels: [phone], within: 5 minutes}
            conversation-limit: 3 seconds
            offers:
              lasts: 1 minute
              missed-until-away: 2
              preferred-agent-first: 5 seconds
              again-after-decline: 5 seconds
              second-language-after: 5 seconds
              offline-after: 5 minutes
            """;

    private enum Service {
        INTAKE(Principal.INTAKE, IntakeService::start),
        ROUTING(Principal.ROUTING, RoutingService::start),
        SLA_MONITOR(Principal.SLA_MONITOR, SlaMonitorService::start),
        ESCALATION(Principal.ESCALATION, EscalationService::start);

        private final Principal principal;
        private final Function<String[], ConfigurableApplicationContext> start;

        Service(Principal principal, Function<String[], ConfigurableApplicationContext> start) {
            this.principal = principal;
            this.start = start;
        }
    }

    @TempDir static Path folder;
    private static final Deque<AutoCloseable> running = new ArrayDeque<>();
    private static final Map<Service, Integer> doors = new EnumMap<>(Service.class);
    private static final Map<Service, Integer> actuators = new EnumMap<>(Service.class);
    private static final Map<Service, ConfigurableApplicationContext> services =
            new EnumMap<>(Service.class);
    private static final HttpClient http = HttpClient.newHttpClient();
    private static SecuredBroker broker;
    private static DemoIdentity identity;
    private static Customers customers;
    private static DeskLog log;

    @BeforeAll
    static void start() throws Exception {
        broker = closedAtTheEnd(SecuredBroker.start(folder.resolve("kafka"), PARTITIONS));
        identity =
                closedAtTheEnd(
                        DemoIdentity.start(folder.resolve("identity"), 0, InstantSource.system()));
        Postgres postgres = closedAtTheEnd(Postgres.start(folder.resolve("postgres")));
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        // As in ./desk: several services in one JVM share its log.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        List<Ports> free = Ports.free(2);
        place(doors, free.getFirst());
        place(actuators, free.getLast());
        for (Service service : Service.values()) {
            String[] settings = settings(service, policy, postgres).toArray(String[]::new);
            services.put(service, closedAtTheEnd(service.start.apply(settings)));
        }
        customers = new Customers(door(Service.INTAKE), URI.create(identity.issuer()));
        log = closedAtTheEnd(new DeskLog(broker.adminsClient(), REGISTRY));
        await("all are up")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(Service.values())
                                        .allSatisfy(
                                                service ->
                                                        assertThat(
                                                                        get(
                                                                                        actuator(
                                                                                                service),
                                                                                        "/actuator/health")
                                                                                .statusCode())
                                                                .as(service.name())
                                                                .isEqualTo(200)));
    }

    @AfterAll
    static void stop() throws Exception {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    @Test
    void aContactGoesThroughTheWholeDesk() throws Exception {
        String agent = "agent-" + UUID.randomUUID();
        int stated =
                asAgent(
                                agent,
                                "PUT",
                                "/api/agents/me/status",
                                """
                                {"presence": "AVAILABLE", "languages": ["en"], "capacity": {"CHAT": 1}}
                                """)
                        .statusCode();
        assertThat(stated).isEqualTo(204);

        String id =
                customers
                        .post(
                                "/api/chats",
                                "team",
                                UUID.randomUUID().toString(),
                                Map.of("language", "en", "question", "How do I add a page?"))
                        .id();
        awaitOne(id, ContactQueued.class);
        String offer = awaitOffer(id).getOfferId();
        assertThat(asAgent(agent, "POST", "/api/offers/" + offer + "/accept", "").statusCode())
                .isIn(200, 202);
        assertThat(awaitOne(id, ContactAssigned.class).getAgentId()).isEqualTo(agent);
        await("the agent has it")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(
                                                asAgent(
                                                                agent,
                                                                "POST",
                                                                "/api/contacts/" + id + "/answered",
                                                                "")
                                                        .statusCode())
                                        .isEqualTo(204));

        assertThat(awaitOne(id, ResponseMet.class).getAgentId()).isEqualTo(agent);
        String ticket = awaitOne(id, ContactConverted.class).getTicketId();
        awaitOne(ticket, ContactQueued.class);
        await("its customer sees it")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(
                                                customers
                                                        .get("/api/requests/" + id, "team")
                                                        .body()
                                                        .path("state")
                                                        .asString())
                                        .isEqualTo("CONVERTED"));
        assertThat(log.buried()).isEmpty();
    }

    @Test
    void aChannelAndAnAgentsToolWriteStraightToKafka() {
        String id = "pbx-" + UUID.randomUUID();
        try (AgentTools channel = new AgentTools(broker.client(Principal.CHANNELS), REGISTRY);
                AgentTools tool = new AgentTools(broker.client(Principal.AGENT_TOOLS), REGISTRY)) {
            Instant now = now();
            channel.publish(
                    Topics.CALLBACKS,
                    CallbackRequested.newBuilder()
                            .setContactId(id)
                            .setRequestedAt(now)
                            .setCustomer(
                                    Customer.newBuilder()
                                            .setCustomerId("person-9")
                                            .setPlan(Plan.AGENCY)
                                            .build())
                            .setPhoneNumber("+34912345678")
                            .build(),
                    now);
            awaitOne(id, ContactQueued.class);
            tool.publish(Topics.CALLBACKS, new CallAnswered(id, now(), "agent-1"), now());
        }

        assertThat(awaitOne(id, ResponseMet.class).getAgentId()).isEqualTo("agent-1");
    }

    @Test
    void aClosureIsAnnouncedAndHeeded() {
        Instant start = now().plus(Duration.ofDays(1));
        String id =
                customers
                        .post(
                                "/api/closures",
                                "supervisor",
                                UUID.randomUUID().toString(),
                                Map.of(
                                        "startsAt",
                                        start.toString(),
                                        "endsAt",
                                        start.plusSeconds(60).toString(),
                                        "reason",
                                        "A drill"))
                        .id();

        await("intake has read it")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(
                                                customers
                                                        .get("/api/closures", "supervisor")
                                                        .body()
                                                        .toString())
                                        .contains(id));
    }

    @ParameterizedTest
    @EnumSource
    void theDoorShowsNothingOfTheActuator(Service service) throws Exception {
        for (String path : List.of("", "/health", "/health/readiness", "/prometheus", "/info")) {
            assertThat(get(door(service), "/actuator" + path).statusCode())
                    .as(path)
                    .isIn(401, 403, 404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theActuatorsPortShowsHealthAndMetricsAndNothingElse(Service service) throws Exception {
        for (String path : List.of("/health", "/health/readiness", "/prometheus")) {
            assertThat(get(actuator(service), "/actuator" + path).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        for (String path :
                List.of("", "/env", "/heapdump", "/sbom", "/loggers", "/configprops", "/info")) {
            assertThat(get(actuator(service), "/actuator" + path).statusCode())
                    .as(path)
                    .isIn(401, 403, 404);
        }
        assertThat(get(actuator(service), "/api/hours").statusCode()).isIn(401, 403, 404);
    }

    @ParameterizedTest
    @EnumSource
    void healthSaysNothingOfHowTheServiceSignsIn(Service service) throws Exception {
        for (String path : List.of("/health", "/prometheus")) {
            assertThat(get(actuator(service), "/actuator" + path).body())
                    .doesNotContain(broker.password(service.principal).substring(2))
                    .doesNotContain("CERTIFICATE");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorTellsNothingOfTheInside(Service service) throws Exception {
        for (String path : List.of("/nothing/here", "/error", "/%2e%2e/etc")) {
            assertThat(get(door(service), path).body())
                    .as(path)
                    .doesNotContain("\"trace\"", "xception", "springframework", "at guichet.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void noServiceHasUsersAndPasswordsOfItsOwn(Service service) {
        assertThat(services.get(service).getBeansOfType(UserDetailsService.class)).isEmpty();
    }

    private static List<String> settings(Service service, Path policy, Postgres postgres) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--spring.profiles.active=secured",
                                "--guichet.kafka.password=" + broker.password(service.principal),
                                "--guichet.kafka.ca=" + broker.authority(),
                                "--guichet.policy=" + policy.toUri(),
                                "--guichet.topics.partitions=" + PARTITIONS,
                                "--guichet.topics.replication=1",
                                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                                "--spring.kafka.properties.schema.registry.url=" + REGISTRY,
                                "--spring.kafka.streams.state-dir=" + folder.resolve("state"),
                                "--spring.kafka.streams.properties.num.standby.replicas=0",
                                "--guichet.attachments.folder=" + folder.resolve("attachments"),
                                "--guichet.requests.url=" + postgres.jdbcUrl(),
                                "--guichet.requests.password=",
                                "--spring.security.oauth2.resourceserver.jwt.issuer-uri="
                                        + identity.issuer(),
                                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri="
                                        + identity.jwkSetUri(),
                                "--spring.lifecycle.timeout-per-shutdown-phase=3s",
                                "--spring.main.register-shutdown-hook=false"));
        settings.add("--server.port=" + doors.get(service));
        settings.add("--management.server.port=" + actuators.get(service));
        return settings;
    }

    private static void place(Map<Service, Integer> listeners, Ports ports) {
        listeners.put(Service.INTAKE, ports.intake());
        listeners.put(Service.ROUTING, ports.routing());
        listeners.put(Service.SLA_MONITOR, ports.slaMonitor());
        listeners.put(Service.ESCALATION, ports.escalation());
    }

    private static <T extends AutoCloseable> T closedAtTheEnd(T part) {
        running.push(part);
        return part;
    }

    private static URI door(Service service) {
        return URI.create("http://localhost:" + doors.get(service));
    }

    private static URI actuator(Service service) {
        return URI.create("http://localhost:" + actuators.get(service));
    }

    private static HttpResponse<String> get(URI server, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> asAgent(
            String agent, String method, String path, String body) throws Exception {
        String token = identity.token(DemoPerson.AGENT, agent, agent + "@demo.example");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(door(Service.ROUTING).resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static OfferMade awaitOffer(String contactId) {
        return await("an offer of " + contactId)
                .atMost(LONG_ENOUGH)
                .until(
                        () ->
                                log.events(OfferMade.class)
                                        .filter(offer -> offer.getContactId().equals(contactId))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static <E extends SpecificRecord> E awaitOne(String contactId, Class<E> kind) {
        return await("a " + kind.getSimpleName() + " of " + contactId)
                .atMost(LONG_ENOUGH)
                .until(() -> log.of(contactId, kind), events -> !events.isEmpty())
                .getFirst();
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
