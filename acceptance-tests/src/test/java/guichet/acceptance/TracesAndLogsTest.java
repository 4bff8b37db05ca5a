package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.ChatStarted;
import guichet.events.ContactAssigned;
import guichet.events.ContactOffered;
import guichet.events.Customer;
import guichet.events.ResponseBreached;
import guichet.events.ResponseMet;
import guichet.localstack.Desk;
import guichet.localstack.Platform;
import guichet.localstack.Ports;
import guichet.localstack.platform.DemoPerson;
import guichet.localstack.platform.KafkaBroker;
import guichet.schemas.TopicCreation;
import guichet.schemas.Topics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What can be seen of a contact while it goes through the whole desk: one trace, and log lines that
 * bear its id. And what cannot: who the customer is and what they say, whatever goes wrong.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TracesAndLogsTest {

    private static final String REQUEST = "a1".repeat(16);
    private static final String REQUEST_FOR_A_CALL = "a2".repeat(16);
    private static final String REQUEST_IN_VAIN = "a3".repeat(16);
    private static final String ANSWER = "b1".repeat(16);
    private static final String CALLER = "00f067aa0ba902b7";

    /** Each stands for something that a customer would not want to be read in a log. */
    private static final List<String> PERSONAL =
            List.of("zqname", "zqmail", "34912345678", "zqsubject", "zqwords", "zqsite", "zqfile");

    private final HttpClient http = HttpClient.newHttpClient();

    private LogLines logLines;
    private Path brokerData;
    private KafkaBroker broker;
    private Ports ports;
    private Desk desk;
    private DeskLog log;
    private AgentTools tools;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        logLines = new LogLines();
        brokerData = data.resolve("broker");
        broker = KafkaBroker.start(brokerData, 0);
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers()))) {
            TopicCreation.createMissing(admin, 1, (short) 1);
        }
        ports = Ports.free();
        KeptSpans.settings().forEach(System::setProperty);
        try {
            desk =
                    Desk.start(
                            "demo",
                            data.resolve("desk"),
                            ports,
                            new Platform(broker.bootstrapServers(), null, null));
        } finally {
            KeptSpans.settings().keySet().forEach(System::clearProperty);
        }
        log = new DeskLog(desk.bootstrapServers(), desk.registryUrl());
        tools = new AgentTools(desk.bootstrapServers(), desk.registryUrl());
    }

    @AfterAll
    void stop() {
        Stream.of(tools, log, desk, broker, logLines).forEach(TracesAndLogsTest::close);
    }

    @Test
    @Order(1)
    void aContactIsOneTraceFromTheRequestOverAllServicesToTheAssignmentAndTheResponse()
            throws Exception {
        String id = ask("/api/chats", REQUEST, Map.of("question", "zqwords")).get("id").asString();
        setAvailable();
        String offerId = awaitEvent(id, ContactOffered.class).getOfferId();
        toAgentsDoor("POST", "/api/offers/" + offerId + "/accept", "");
        awaitEvent(id, ContactAssigned.class);
        toAgentsDoor("POST", "/api/contacts/" + id + "/answered", "");
        awaitEvent(id, ResponseMet.class);

        await().atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(trace(REQUEST))
                                        .extracting(TracesAndLogsTest::told)
                                        .contains(
                                                "intake-service: http post /api/chats",
                                                "intake-service: send support.chats ChatStarted",
                                                "routing-service: process support.chats",
                                                "routing-service: send support.assignments.en"
                                                        + " ContactQueued",
                                                "routing-service: send support.matching"
                                                        + " ContactQueued",
                                                "routing-service: process support.matching",
                                                "routing-service: send support.assignments.en"
                                                        + " ContactOffered",
                                                "routing-service: send support.desktops OfferMade",
                                                "routing-service: send support.assignments.en"
                                                        + " ContactAssigned",
                                                "sla-monitor-service: process support.chats",
                                                "sla-monitor-service: send support.sla"
                                                        + " ResponseDueChanged",
                                                "sla-monitor-service: send support.sla ResponseMet",
                                                "escalation-service: process support.chats"));
        assertThat(span(REQUEST, "http post /api/chats").getParentSpanId()).isEqualTo(CALLER);
        await("no span is without the one that it is a part of")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () -> {
                            List<SpanData> spans = trace(REQUEST);
                            assertThat(spans)
                                    .extracting(SpanData::getParentSpanId)
                                    .isSubsetOf(
                                            Stream.concat(
                                                            Stream.of(CALLER),
                                                            spans.stream().map(SpanData::getSpanId))
                                                    .toList());
                        });
        assertThat(sent("ContactAssigned").getLinks())
                .extracting(TracesAndLogsTest::traceId)
                .containsExactly(ANSWER);
        assertThat(trace(ANSWER))
                .extracting(TracesAndLogsTest::told)
                .contains(
                        "routing-service: send support.agents OfferAccepted",
                        "routing-service: process support.agents");
    }

    @Test
    @Order(2)
    void whatATimerSaysOfAContactIsInItsTraceToo() throws Exception {
        String id =
                ask("/api/callbacks", REQUEST_FOR_A_CALL, Map.of("phoneNumber", "+34912345678"))
                        .get("id")
                        .asString();
        awaitEvent(id, ResponseBreached.class);

        await().atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(trace(REQUEST_FOR_A_CALL))
                                        .extracting(TracesAndLogsTest::told)
                                        .contains(
                                                "sla-monitor-service: send support.sla"
                                                        + " ResponseBreached"));
    }

    @Test
    @Order(3)
    void whatCannotBeReadIsRefusedOrBuried() throws Exception {
        assertThat(
                        post("/api/tickets", REQUEST_IN_VAIN, "{\"name\": \"zqname\", zqwords")
                                .statusCode())
                .isEqualTo(400);
        assertThat(
                        post(
                                        "/api/tickets",
                                        REQUEST_IN_VAIN,
                                        json(
                                                Map.of(
                                                        "email",
                                                        "zqmail",
                                                        "impact",
                                                        "zqwords",
                                                        "site",
                                                        "zqsite zqsite",
                                                        "cc",
                                                        "zqmail")))
                                .statusCode())
                .isEqualTo(400);
        assertThat(
                        ask(
                                        "/api/tickets",
                                        REQUEST_IN_VAIN,
                                        Map.of(
                                                "impact", "LOW",
                                                "subject", "zqsubject",
                                                "site", "zqsite.example",
                                                "description", "zqwords",
                                                "cc", List.of("zqmail@example.org")))
                                .get("id"))
                .isNotNull();
        assertThat(postFile().statusCode()).isEqualTo(400);
        assertThat(get("/api/requests?subject=zqsubject&state=zqwords").statusCode())
                .isEqualTo(400);
        assertThat(rawRequest("GET /api/hours?zqname={zqmail} HTTP/1.1")).contains(" 400 ");

        Instant now =
                Instant.ofEpochMilli(System.currentTimeMillis()).truncatedTo(ChronoUnit.MILLIS);
        ChatStarted chat =
                ChatStarted.newBuilder()
                        .setContactId("zqmail@example.org")
                        .setStartedAt(now)
                        .setCustomer(
                                Customer.newBuilder()
                                        .setCustomerId("c-1")
                                        .setName("zqname")
                                        .setEmail("zqmail@example.org")
                                        .build())
                        .setQuestion("zqwords")
                        .build();
        byte[] event = tools.serialize(Topics.CHATS, chat);
        tools.publishBytes(Topics.CHATS, "zqname".getBytes(UTF_8), event);
        tools.publishBytes(Topics.CALLBACKS, "zqmail@example.org".getBytes(UTF_8), event);
        tools.publishBytes(
                Topics.TICKETS, "zqname".getBytes(UTF_8), "{\"name\": \"zqname\"}".getBytes(UTF_8));
        await().atMost(LONG_ENOUGH).until(() -> logLines.saying("dead letter from").size() >= 8);
    }

    @Test
    @Order(4)
    void aRequestThatKafkaDoesNotTakeIsAnswered503() throws Exception {
        broker.close();
        HttpResponse<String> answer;
        try {
            answer =
                    post(
                            "/api/chats",
                            REQUEST_IN_VAIN,
                            json(
                                    Map.of(
                                            "language", "en",
                                            "question", "zqwords",
                                            "site", "zqsite.example")));
        } finally {
            // Without a broker the services would not come to an end.
            broker = KafkaBroker.start(brokerData, port(broker));
        }

        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode line = logLines.saying("Could not take a contact in").getFirst();
        assertThat(line.at("/contact/id").asString()).hasSize(36);
        assertThat(line.at("/trace/id").asString()).isEqualTo(REQUEST_IN_VAIN);
    }

    @Test
    @Order(5)
    void aLineAboutAContactBearsItsIdAndItsTrace() {
        assertThat(logLines.saying("Took a contact in"))
                .extracting(line -> line.at("/trace/id").asString())
                .contains(REQUEST, REQUEST_FOR_A_CALL);
        assertThat(logLines.saying("Took a contact in"))
                .allSatisfy(line -> assertThat(line.at("/contact/id").asString()).hasSize(36));
    }

    @Test
    @Order(6)
    void nothingPersonalIsLoggedOrTraced() {
        assertThat(logLines.all())
                .hasSizeGreaterThan(10)
                .allSatisfy(line -> assertThat(line).doesNotContain(PERSONAL));
        assertThat(KeptSpans.ended())
                .hasSizeGreaterThan(10)
                .allSatisfy(span -> assertThat(span.toString()).doesNotContain(PERSONAL))
                .allSatisfy(
                        span -> assertThat(span.getEvents().toString()).doesNotContain(PERSONAL));
    }

    @Test
    @Order(7)
    void questionsAboutHealthAreNotTraced() {
        assertThat(KeptSpans.ended())
                .extracting(SpanData::getName)
                .isNotEmpty()
                .noneMatch(name -> name.contains("actuator"));
    }

    private JsonNode ask(String path, String trace, Map<String, ?> more) throws Exception {
        Map<String, Object> body = new java.util.HashMap<>(more);
        body.put("language", "en");
        HttpResponse<String> answer = post(path, trace, json(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> post(String path, String trace, String body) throws Exception {
        return send(
                customers(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .header("traceparent", traceparent(trace))
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> postFile() throws Exception {
        String body =
                """
                --b\r
                Content-Disposition: form-data; name="description"\r
                \r
                zqwords\r
                --b\r
                Content-Disposition: form-data; name="attachments"; filename="zqfile.exe"\r
                \r
                MZ\u0000zqwords\r
                --b--\r
                """;
        return send(
                customers("/api/tickets")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(customers(path));
    }

    private HttpRequest.Builder customers(String path) {
        return HttpRequest.newBuilder(desk.intake().resolve(path))
                .header("Authorization", "Bearer " + desk.token(DemoPerson.TEAM, "zqname"));
    }

    private String rawRequest(String line) throws IOException {
        try (Socket socket = new Socket("localhost", ports.intake())) {
            socket.getOutputStream().write((line + "\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private void setAvailable() throws Exception {
        toAgentsDoor(
                "PUT",
                "/api/agents/me/status",
                json(
                        Map.of(
                                "presence", "AVAILABLE",
                                "languages", List.of("en"),
                                "capacity", Map.of("CHAT", 3))));
    }

    private void toAgentsDoor(String method, String path, String body) throws Exception {
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + ports.routing())
                                                .resolve(path))
                                .header(
                                        "Authorization",
                                        "Bearer " + desk.token(DemoPerson.AGENT, "agent-1"))
                                .header("Content-Type", "application/json")
                                .header("traceparent", traceparent(ANSWER))
                                .method(method, BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    private <E extends org.apache.avro.specific.SpecificRecord> E awaitEvent(
            String contactId, Class<E> kind) {
        return await().atMost(LONG_ENOUGH)
                .until(() -> log.of(contactId, kind), found -> !found.isEmpty())
                .getFirst();
    }

    private static int port(KafkaBroker broker) {
        return Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
    }

    private static String traceparent(String trace) {
        return "00-" + trace + "-" + CALLER + "-01";
    }

    private static String json(Object body) {
        return JsonMapper.shared().writeValueAsString(body);
    }

    private static List<SpanData> trace(String traceId) {
        return KeptSpans.ended().stream()
                .filter(span -> span.getTraceId().equals(traceId))
                .toList();
    }

    private static SpanData span(String traceId, String name) {
        return trace(traceId).stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static SpanData sent(String event) {
        return KeptSpans.ended().stream()
                .filter(span -> told(span).endsWith(" " + event))
                .findFirst()
                .orElseThrow();
    }

    private static String traceId(LinkData link) {
        return link.getSpanContext().getTraceId();
    }

    /** Who did what, and with which event where it was written. */
    private static String told(SpanData span) {
        String service = span.getResource().getAttribute(AttributeKey.stringKey("service.name"));
        String event = span.getAttributes().get(AttributeKey.stringKey("cloudevents.event_type"));
        return service
                + ": "
                + span.getName()
                + (event == null ? "" : " " + event.replace("guichet.events.", ""));
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
