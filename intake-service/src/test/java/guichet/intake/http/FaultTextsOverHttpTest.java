package guichet.intake.http;

import static guichet.intake.http.Intake.key;
import static guichet.intake.http.Intake.reading;
import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.TicketCreated;
import guichet.intake.http.Intake.FormBody;
import guichet.policy.Language;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Whatever is wrong with a request is said in the language of whoever sent it. */
@OverHttp
class FaultTextsOverHttpTest {

    private static final String ALL_LINES_ARE_OPEN = "2026-11-25T20:30:00Z";

    private static final Set<String> HEARD_ELSEWHERE =
            Set.of(
                    // By agents alone, whose forms have such fields.
                    "list.empty",
                    "object",
                    "twice",
                    "name",
                    // While the identity provider is away: WithoutSurroundingsTest.
                    "identity-unavailable.title",
                    "identity-unavailable",
                    // Of a body that is cut off, where the container has not refused it already.
                    "unreadable-body.cut-off",
                    // Where Spring takes forms apart, which it does not at this door.
                    "unreadable-body.parts",
                    // Where there is a fault of ours.
                    "500.title");

    @TempDir private static Path folder;

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;

    private Language language = Language.EN;
    private Heard heard = new Heard(language);

    @DynamicPropertySource
    static void attachments(DynamicPropertyRegistry settings) {
        settings.add("guichet.attachments.folder", folder::toString);
    }

    @BeforeEach
    void whileAllLinesAreOpen() {
        log.reset();
        clock.set(ALL_LINES_ARE_OPEN);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void c1C3C5_everySentenceIsHeardInTheCustomersLanguage(Language language) throws IOException {
        this.language = language;
        heard = new Heard(language);

        faultyFields();
        faultyParameters();
        faultyNumbers();
        faultyBodies();
        faultyFiles();
        faultyClosures();
        whoMayNot();
        whatIsNotThere();
        hardlyHttp();
        whileNothingCanBeTaken();

        heard.hasAll("guichet.chassis.forms.words", this::isHeardHere, ".+");
        heard.hasAll("guichet.chassis.door.words", this::isHeardHere, ".+");
        heard.hasAll("guichet.intake.words.words", this::isHeardHere, ".+");
    }

    @ParameterizedTest(name = "declared {0}, accepted {1}: {2}")
    @CsvSource({"es, pt, es", "fr, pt-BR, pt", "'', es-MX, es", "fr, de, en", "pt-PT, en, pt"})
    void l1_theLanguageThatARequestDeclaresCountsBeforeTheBrowsers(
            String declared, String accepted, String spoken) {
        Consumer<HttpHeaders> browser =
                headers -> headers.set(HttpHeaders.ACCEPT_LANGUAGE, accepted);

        var sent = intake.post("/api/tickets", Map.of("language", declared), browser);
        var asked = intake.get("/api/hours?channel=FAX&language=" + declared, browser);

        for (var response : List.of(sent, asked)) {
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.headers().getFirst("Content-Language")).isEqualTo(spoken);
            assertThat(response.headers().getFirst("Vary")).isEqualTo("Accept-Language");
        }
    }

    @Test
    void machinesReadTheSameInEveryLanguage() {
        for (Language each : Language.values()) {
            var response = intake.post("/api/tickets", "{}", reading(each));

            assertThat(response.body().get("type").stringValue())
                    .isEqualTo("urn:guichet:problem:invalid-request");
            assertThat(response.body().get("errors").valueStream())
                    .extracting(error -> error.get("field").stringValue())
                    .containsExactly("name", "email", "impact", "description");
        }
    }

    private void faultyFields() {
        Map<String, Object> ofWrongTypes = new HashMap<>();
        ofWrongTypes.put("name", Map.of());
        ofWrongTypes.put("email", List.of("x"));
        ofWrongTypes.put("impact", true);
        ofWrongTypes.put("description", 5);
        ofWrongTypes.put("cc", "x");
        ofWrongTypes.put("nobody", "x");
        heard.hear(declaring("/api/tickets", ofWrongTypes), 400);
        heard.hear(declaring("/api/tickets", Map.of()), 400);
        Map<String, Object> ofWrongTexts = new HashMap<>();
        ofWrongTexts.put("name", "a\0");
        ofWrongTexts.put("email", "x");
        ofWrongTexts.put("impact", "WORST");
        ofWrongTexts.put("description", "x".repeat(20_001));
        ofWrongTexts.put("site", "-");
        ofWrongTexts.put("cc", List.of(""));
        heard.hear(declaring("/api/tickets", ofWrongTexts), 400);
        Map<String, Object> tooMany = Map.of("cc", Collections.nCopies(21, "a@example.com"));
        heard.hear(declaring("/api/tickets", tooMany), 400);
        heard.hear(post("/api/tickets", "{\"name\": \"\\ud83d\", \"language\": \"!\"}"), 400);
        heard.hear(declaring("/api/tickets", ticket(), key("with blanks")), 400);
        heard.hear(post("/api/erasures", "{}", supervisor()), 400);
    }

    private void faultyParameters() {
        heard.hear(get("/api/requests?limit=0&cursor=x", customer()), 400);
        heard.hear(get("/api/hours?at=x&zone=y"), 400);
        heard.hear(get("/api/guidance?topic=x"), 400);
    }

    private void faultyNumbers() {
        for (String number :
                List.of(
                        "+1" + "2".repeat(40),
                        "4155552671",
                        "+1 415 CALL",
                        "+1 415 555",
                        "+1 415 555 26712",
                        "+999 123 456 789",
                        "+376 1234567",
                        "+((",
                        "+1 000 555 2671",
                        "+1 900 555 2671",
                        "+800 1234")) {
            heard.hear(declaring("/api/callbacks", Map.of("phoneNumber", number), customer()), 400);
        }
    }

    private void faultyBodies() {
        heard.hear(post("/api/tickets", ""), 400);
        heard.hear(post("/api/tickets", "{"), 400);
        heard.hear(post("/api/tickets", "[".repeat(1_000)), 400);
        heard.hear(post("/api/tickets", "[]"), 400);
        heard.hear(post("/api/tickets", "x".repeat(600 * 1024)), 413);
        heard.hear(typed("/api/tickets", MediaType.TEXT_PLAIN, anyone -> {}), 415);
        heard.hear(typed("/api/chats", MediaType.TEXT_PLAIN, customer()), 415);
        heard.hear(typed("/api/tickets", MediaType.MULTIPART_FORM_DATA, anyone -> {}), 400);
        FormBody manyParts = new FormBody();
        for (int i = 0; i < 201; i++) {
            manyParts.field("cc", "a@example.com");
        }
        heard.hear(form(manyParts), 400);
        heard.hear(form(new FormBody().field("name", "x".repeat(600 * 1024))), 413);
        FormBody latin1 = new FormBody().part("name=\"name\"", "é".getBytes(ISO_8859_1));
        heard.hear(form(latin1), 400);
    }

    private void faultyFiles() {
        FormBody faulty =
                new FormBody()
                        .file("empty.png", new byte[0])
                        .file("screen.png", new byte[] {0, 1, 2})
                        .field("attachments", "no file")
                        .part("name=\"name\"; filename=\"a.txt\"", bytes("x"));
        heard.hear(form(faulty), 400);
        FormBody tooMany = new FormBody();
        for (int i = 0; i < 11; i++) {
            tooMany.file(i + ".txt", bytes("x"));
        }
        heard.hear(form(tooMany), 400);
        heard.hear(form(new FormBody().file("a.txt", new byte[(10 << 20) + 1])), 413);
    }

    private void faultyClosures() {
        closure("2028-01-01T00:00:00Z", "2028-01-02T00:00:00Z", "WEB");
        closure("2026-12-02T00:00:00Z", "2026-12-01T00:00:00Z", "FAX");
        closure("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "CHAT");
        closure("2026-12-01T00:00:00Z", "2027-02-01T00:00:00Z", "CHAT");
    }

    private void closure(String startsAt, String endsAt, String channel) {
        Map<String, Object> closure =
                Map.of(
                        "startsAt",
                        startsAt,
                        "endsAt",
                        endsAt,
                        "reason",
                        "A toast",
                        "channels",
                        List.of(channel));
        heard.hear(intake.post("/api/closures", closure, reading(language), supervisor()), 400);
    }

    private void whoMayNot() {
        heard.hear(post("/api/chats", "{}"), 401);
        heard.hear(post("/api/chats", "{}", token(Tokens.withScope("channel"))), 403);
    }

    private void whatIsNotThere() throws IOException {
        String nowhere = "/api/requests/%1$s/attachments/%1$s";
        Consumer<HttpHeaders> agent = token(Tokens.withScope("agent"));
        heard.hear(get(nowhere.formatted("2f7ab0f0-7f2e-4e2f-8c94-2c2e6f1f0a3b"), agent), 404);
        heard.hear(get(aFileThatIsBroken(), agent), 503);
        heard.hear(intake.delete("/api/closures/none", reading(language), supervisor()), 404);
        heard.hear(get("/api/closures/", supervisor()), 404);
        heard.hear(get("/api/tickets"), 405);
        heard.hear(
                post(
                        "/api/tickets",
                        "{}",
                        headers -> headers.setAccept(List.of(MediaType.TEXT_HTML))),
                406);
        heard.hear(get("/api/requests", customer()), 503);
    }

    /** Where its description should be is a folder. */
    private String aFileThatIsBroken() throws IOException {
        FormBody form = new FormBody().file("a.txt", bytes("x"));
        ticket().forEach((name, value) -> form.field(name, value.toString()));
        assertThat(form(form).status()).isEqualTo(201);
        var event = (TicketCreated) log.appended().getLast().event();
        String file = event.getAttachments().getFirst().getAttachmentId();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path description :
                    all.filter(Files::isRegularFile)
                            .filter(path -> path.toString().contains(file))
                            .filter(path -> !path.endsWith(file))
                            .toList()) {
                Files.delete(description);
                Files.createDirectory(description);
            }
        }
        return "/api/requests/%s/attachments/%s".formatted(event.getContactId(), file);
    }

    private void hardlyHttp() {
        raw("GET /api/hours?at=%zz", "Connection: close", "", 400);
        raw(
                "POST /api/tickets",
                "Content-Type: application/json\r\nIdempotency-Key: ≈\r\nContent-Length: 2",
                "{}",
                400);
        raw("GET /api/hours;a=b//x", "Connection: close", "", 400);
    }

    private void raw(String request, String headers, String body, int status) {
        heard.hear(
                intake.raw(
                        "%s HTTP/1.1\r\nHost: a\r\nAccept-Language: %s\r\n%s\r\n\r\n%s"
                                .formatted(request, language.tag(), headers, body)),
                status);
    }

    private void whileNothingCanBeTaken() {
        var first = declaring("/api/tickets", ticket(), key("k-" + language));
        assertThat(first.status()).isEqualTo(201);
        Map<String, Object> another = new HashMap<>(ticket());
        another.put("subject", "another");
        heard.hear(declaring("/api/tickets", another, key("k-" + language)), 422);
        log.fill();
        heard.hear(declaring("/api/tickets", ticket()), 429);
        log.reset();
        log.goAway();
        heard.hear(declaring("/api/tickets", ticket()), 503);
        heard.hear(post("/api/erasures", "{\"customerId\": \"x\"}", supervisor()), 503);
    }

    private boolean isHeardHere(String key) {
        return !HEARD_ELSEWHERE.contains(key) && !TextsOverHttpTest.hears(key);
    }

    /** Sent with the language as a field, whatever the browser's. */
    @SafeVarargs
    private Intake.Response declaring(
            String path, Map<String, Object> body, Consumer<HttpHeaders>... headers) {
        Map<String, Object> all = new HashMap<>(body);
        all.put("language", language.tag());
        return intake.post(path, all, headers);
    }

    private Intake.Response post(String path, String body) {
        return post(path, body, headers -> {});
    }

    private Intake.Response post(String path, String body, Consumer<HttpHeaders> headers) {
        return intake.post(path, body, reading(language), headers);
    }

    private Intake.Response typed(String path, MediaType type, Consumer<HttpHeaders> headers) {
        return intake.post(path, type, "{}", reading(language), headers);
    }

    private Intake.Response form(FormBody form) {
        return intake.post("/api/tickets", form, reading(language));
    }

    private Intake.Response get(String path) {
        return get(path, headers -> {});
    }

    private Intake.Response get(String path, Consumer<HttpHeaders> headers) {
        return intake.get(path, reading(language), headers);
    }

    private static Consumer<HttpHeaders> customer() {
        return token(Tokens.customer());
    }

    private static Consumer<HttpHeaders> supervisor() {
        return token(Tokens.withScope("supervisor"));
    }

    private static Map<String, Object> ticket() {
        return Map.of(
                "name",
                "Ana",
                "email",
                "ana@example.com",
                "impact",
                "LOW",
                "description",
                "How do I add a page?");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
