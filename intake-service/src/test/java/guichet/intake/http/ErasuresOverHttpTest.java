package guichet.intake.http;

import static guichet.intake.http.Intake.key;
import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.InMemoryEventLog.Appended;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.CallEnded;
import guichet.events.ChatEnded;
import guichet.events.ErasureOrdered;
import guichet.events.TicketSolved;
import guichet.intake.TestDatabase;
import guichet.intake.http.Intake.FormBody;
import guichet.intake.identity.Pseudonyms;
import guichet.intake.requests.ReadTopics;
import guichet.schemas.Contract;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Forgetting people (GDPR, article 17), over a real PostgreSQL; each test has people of its own.
 */
@OverHttp
class ErasuresOverHttpTest {

    private static final Consumer<HttpHeaders> SUPERVISOR =
            token(Tokens.of("supervisor-1", "supervisor"));
    private static final String SCHEMA = TestDatabase.schema();
    private static final byte[] STEPS = "Abri o editor.".getBytes(UTF_8);

    @TempDir private static Path folder;

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired ReadTopics topics;

    private final String id = "ana-" + UUID.randomUUID();
    private final String email = id + "@example.com";
    private final String ana = Tokens.of(id, "customer");

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry settings) {
        settings.add("guichet.requests.url", TestDatabase::url);
        settings.add("guichet.requests.schema", () -> SCHEMA);
        settings.add("guichet.attachments.folder", folder::toString);
    }

    @BeforeEach
    void onATuesdayAfternoon() {
        log.reset();
        log.react(topics::read);
        clock.set("2026-11-24T21:00:00Z");
    }

    @Test
    void erasesWhatAPersonSentAndItsFilesAndEndsWhatIsOpen() {
        String ticket = ticket(ana, email);
        String chat = intake.post("/api/chats", "{}", token(ana)).body().get("id").stringValue();
        String call =
                intake.post("/api/callbacks", "{\"phoneNumber\": \"+14155552671\"}", token(ana))
                        .body()
                        .get("id")
                        .stringValue();
        String file = filesOf(ticket).getFirst().getFileName().toString().split("\\.")[0];
        String address = "/api/requests/%s/attachments/%s".formatted(ticket, file);
        String agent = Tokens.withScope("agent");
        assertThat(intake.download(address, token(agent)).status()).isEqualTo(200);

        var ordered = intake.post("/api/erasures", Map.of("customerId", id), SUPERVISOR);

        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        assertThat(intake.get("/api/requests", token(ana)).body().get("requests")).isEmpty();
        assertThat(intake.get("/api/requests/" + chat, token(ana)).status()).isEqualTo(404);
        JsonNode erasure = done(ordered.body().get("id").stringValue());
        assertThat(erasure.get("requests").intValue()).isEqualTo(3);
        assertThat(filesOf(ticket)).isEmpty();
        assertThat(intake.download(address, token(agent)).status()).isEqualTo(404);
        assertThat(ends())
                .containsExactlyInAnyOrder(
                        "TicketSolved " + ticket, "ChatEnded " + chat, "CallEnded " + call);
    }

    @Test
    void findsAVisitorAndASignedInCustomerByTheirAddress() {
        ticket(null, email);
        ticket(ana, email.toUpperCase());

        var ordered = intake.post("/api/erasures", Map.of("email", email), SUPERVISOR);

        JsonNode erasure = done(ordered.body().get("id").stringValue());
        assertThat(erasure.get("requests").intValue()).isEqualTo(2);
        assertThat(intake.get("/api/requests", token(ana)).body().get("requests")).isEmpty();
    }

    @Test
    void whoWasCopiedIsNamedNowhereAndTheTicketStays() {
        // Before all others: every token of the tests has this address.
        clock.set("2026-11-24T20:30:00Z");
        String bo = Tokens.of("bo-" + id, "customer");
        intake.post(
                "/api/tickets",
                new FormBody()
                        .field("name", "Bo")
                        .field("email", "bo@example.com")
                        .field("impact", "LOW")
                        .field("description", "How?")
                        .field("cc", "ana@example.com"),
                token(bo));
        assertThat(copiedTo(ana)).isNotEmpty();

        intake.post("/api/erasures", Map.of("email", "Ana@Example.com"), SUPERVISOR);

        assertThat(copiedTo(ana)).isEmpty();
        assertThat(intake.get("/api/requests", token(bo)).body().get("requests")).hasSize(1);
    }

    @Test
    void orderedAgainItIsTheSameAndWhatCameAfterTheFirstIsErasedByTheSecond() {
        intake.post("/api/chats", "{}", token(ana));
        var first = intake.post("/api/erasures", Map.of("customerId", id), SUPERVISOR);
        clock.set("2026-11-24T21:05:00Z");
        intake.post("/api/chats", "{}", token(ana));
        assertThat(intake.get("/api/requests", token(ana)).body().get("requests")).hasSize(1);

        var again = intake.post("/api/erasures", Map.of("customerId", id), SUPERVISOR);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body().get("id")).isEqualTo(first.body().get("id"));
        assertThat(intake.get("/api/requests", token(ana)).body().get("requests")).isEmpty();
        JsonNode erasure = done(again.body().get("id").stringValue());
        assertThat(erasure.get("requests").intValue()).isEqualTo(2);
        assertThat(erasure.get("orderedAt").stringValue()).isEqualTo("2026-11-24T21:05:00Z");
    }

    @Test
    void aRepeatOfWhatWasErasedStaysErased() {
        var first = intake.post("/api/chats", "{}", token(ana), key("erased"));
        var ordered = intake.post("/api/erasures", Map.of("customerId", id), SUPERVISOR);

        topics.read(firstEvent(first.body().get("id").stringValue()));

        assertThat(intake.get("/api/requests", token(ana)).body().get("requests")).isEmpty();
        done(ordered.body().get("id").stringValue());
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void tellsWhoOrderedItAndWhenAndNowhereWhomItForgot(CapturedOutput output) {
        ticket(ana, email);
        var ordered =
                intake.post("/api/erasures", Map.of("email", email, "customerId", id), SUPERVISOR);

        String erasureId = ordered.body().get("id").stringValue();
        JsonNode erasure = done(erasureId);
        assertThat(erasure.get("orderedBy").stringValue()).isEqualTo("supervisor-1");
        assertThat(erasure.get("orderedAt").stringValue()).isEqualTo("2026-11-24T21:00:00Z");
        ErasureOrdered event =
                (ErasureOrdered)
                        log.appended().stream()
                                .filter(appended -> appended.topic().equals(Topics.ERASURES))
                                .findFirst()
                                .orElseThrow()
                                .event();
        assertThat(event.getErasureId()).isEqualTo(erasureId);
        assertThat(event.getOrderedBy()).isEqualTo("supervisor-1");
        assertThat(event.getPseudonyms())
                .contains(Pseudonyms.ofAddress(email), Pseudonyms.ofCustomer(id));
        assertThat(event.toString()).doesNotContain(id);
        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("Ordered an erasure"))
                .singleElement()
                .asString()
                .contains("\"erasure\":{\"id\":\"" + erasureId, "\"user\":{\"id\":\"supervisor-1");
        assertThat(output.getAll()).doesNotContain(email);
    }

    @Test
    void aPseudonymIsWhatTheContractSaysItIs() {
        assertThat(Pseudonyms.ofCustomer("person-7"))
                .isEqualTo("c65d3f81f063111a4b9ac50e163faff5e6e8191dacd5df612d22c810a0c1839d");
        assertThat(Pseudonyms.ofAddress("Ana@Example.com"))
                .isEqualTo("48c10975d38e15d85320b610d33d6909e802a8d13239fbeb9a328d8ca744b7c5");
    }

    @Test
    void namesEveryFaultyField() {
        var nobody = intake.post("/api/erasures", Map.of(), SUPERVISOR);
        var faulty =
                intake.post(
                        "/api/erasures",
                        Map.of("email", "ana", "customerId", "x".repeat(501), "name", "Ana"),
                        SUPERVISOR);

        assertThat(nobody.status()).isEqualTo(400);
        assertThat(nobody.message("email")).isEqualTo("is required where customerId is not given");
        assertThat(faulty.message("email")).contains("e-mail address");
        assertThat(faulty.message("customerId")).contains("at most 500");
        assertThat(faulty.message("name")).contains("not known here");
        assertThat(log.appended()).isEmpty();
    }

    @Test
    void isNotOrderedWhileTheLogIsAway() {
        log.goAway();

        assertThat(intake.post("/api/erasures", Map.of("customerId", id), SUPERVISOR).status())
                .isEqualTo(503);
    }

    @Test
    void whatCannotBeClearedAtOnceIsClearedLater() throws IOException {
        intake.post("/api/chats", "{}", token(ana));
        log.react(
                event -> {
                    if (event instanceof ErasureOrdered) {
                        log.goAway();
                    }
                    topics.read(event);
                });

        var ordered = intake.post("/api/erasures", Map.of("customerId", id), SUPERVISOR);

        String erasureId = ordered.body().get("id").stringValue();
        assertThat(intake.get("/api/requests", token(ana)).body().get("requests")).isEmpty();
        assertThat(erasure(erasureId).get("done").booleanValue()).isFalse();
        log.reset();
        log.react(topics::read);
        done(erasureId);
        assertThat(ends()).hasSize(1);
    }

    private String ticket(String token, String email) {
        FormBody form =
                new FormBody()
                        .field("name", "Ana Prado")
                        .field("email", email)
                        .field("impact", "LOW")
                        .field("description", "How do I add a page?")
                        .file("steps.txt", STEPS);
        var taken =
                token == null
                        ? intake.post("/api/tickets", form)
                        : intake.post("/api/tickets", form, token(token));
        assertThat(taken.status()).as(taken.text()).isEqualTo(201);
        return taken.body().get("id").stringValue();
    }

    private JsonNode done(String erasureId) {
        return await().until(
                        () -> erasure(erasureId), erasure -> erasure.get("done").booleanValue());
    }

    private JsonNode erasure(String erasureId) {
        return intake.get("/api/erasures", SUPERVISOR)
                .body()
                .valueStream()
                .filter(erasure -> erasure.get("id").stringValue().equals(erasureId))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> copiedTo(String token) {
        return intake.get("/api/requests", token(token))
                .body()
                .get("requests")
                .valueStream()
                .filter(request -> request.get("copied").booleanValue())
                .toList();
    }

    private List<String> ends() {
        return log.appended().stream()
                .map(Appended::event)
                .filter(
                        event ->
                                event instanceof TicketSolved
                                        || event instanceof ChatEnded
                                        || event instanceof CallEnded)
                .map(event -> event.getSchema().getName() + " " + Contract.keyOf(event))
                .toList();
    }

    private SpecificRecord firstEvent(String contactId) {
        return log.appended().stream()
                .map(Appended::event)
                .filter(event -> Contract.keyOf(event).equals(contactId))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> filesOf(String ticket) {
        try (Stream<Path> files = Files.list(folder.resolve("kept").resolve(ticket))) {
            return files.toList();
        } catch (IOException gone) {
            return List.of();
        }
    }
}
