package guichet.intake.http;

import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.TicketCreated;
import guichet.intake.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Customer A cannot tell B's ticket from none (C3): the same answer, after the same conversation
 * with the database, in which it finds nothing either time. Words on the wire are compared and not
 * times: where they are the same, so is what the times depend on.
 */
@OverHttp
class NobodyElsesOverHttpTest {

    private static final String SCHEMA = TestDatabase.schema();

    /** What PostgreSQL's driver logs of each message that it sends and receives. */
    private static final Logger WIRE = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    /** The driver may name a statement that it has sent before. */
    private static final List<String> COUNTED =
            List.of(" FE=> Execute", " <=BE DataRow", " <=BE CommandStatus");

    /** So a connection that has rested is looked after before it is used; no question of ours. */
    private static final String EMPTY = " <=BE EmptyQuery";

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;

    private final String a = Tokens.of("a-" + UUID.randomUUID(), "customer");
    private final String b = Tokens.of("b-" + UUID.randomUUID(), "customer");
    private final Listener wire = new Listener();

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry settings) {
        settings.add("guichet.requests.url", TestDatabase::url);
        settings.add("guichet.requests.schema", () -> SCHEMA);
    }

    @BeforeEach
    void listen() {
        log.reset();
        clock.set("2026-11-24T21:00:00Z");
        wire.setLevel(Level.ALL);
        WIRE.setLevel(Level.ALL);
        WIRE.addHandler(wire);
    }

    @AfterEach
    void listenNoMore() {
        WIRE.removeHandler(wire);
        WIRE.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/requests/{ticket}",
        "DELETE, /api/requests/{ticket}",
        "GET,    /api/requests/{ticket}/attachments/{attachment}"
    })
    void c3_anothersTicketAndNoneAreAnsweredAlikeAfterTheSameWork(String method, String path) {
        String ticket = ticketOfB();
        String theirs = path.replace("{ticket}", ticket).replace("{attachment}", attachmentOfB());
        String nobodys =
                path.replace("{ticket}", UUID.randomUUID().toString())
                        .replace("{attachment}", UUID.randomUUID().toString());
        assertThat(intake.get("/api/requests/" + ticket, token(b)).status()).isEqualTo(200);

        List<String> saidOfTheirs = new ArrayList<>();
        List<String> saidOfNobodys = new ArrayList<>();
        var answerOfTheirs = call(method, theirs, saidOfTheirs);
        var answerOfNobodys = call(method, nobodys, saidOfNobodys);

        assertThat(answerOfTheirs.status()).isEqualTo(404);
        assertThat(answerOfNobodys.status()).isEqualTo(404);
        assertThat(answerOfTheirs.text().replace(theirs, ""))
                .isEqualTo(answerOfNobodys.text().replace(nobodys, ""));
        assertThat(withoutDate(answerOfTheirs)).isEqualTo(withoutDate(answerOfNobodys));
        assertThat(saidOfTheirs).isNotEmpty().isEqualTo(saidOfNobodys);
        assertThat(saidOfTheirs).noneMatch(said -> said.contains("DataRow"));
    }

    private Intake.Response call(String method, String path, List<String> said) {
        wire.heard.clear();
        var response =
                method.equals("GET") ? intake.get(path, token(a)) : intake.delete(path, token(a));
        said.addAll(wire.heard);
        return response;
    }

    private String ticketOfB() {
        return intake.post(
                        "/api/tickets",
                        new Intake.FormBody()
                                .field("name", "Bo")
                                .field("email", "bo@example.com")
                                .field("impact", "LOW")
                                .field("description", "How?")
                                .file("steps.txt", "Sign in.".getBytes(UTF_8)),
                        token(b))
                .body()
                .get("id")
                .stringValue();
    }

    private String attachmentOfB() {
        return ((TicketCreated) log.appended().getLast().event())
                .getAttachments()
                .getFirst()
                .getAttachmentId();
    }

    private static HttpHeaders withoutDate(Intake.Response response) {
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(response.headers());
        headers.remove(HttpHeaders.DATE);
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        return headers;
    }

    /** The kind of each message that counts, in order. */
    private static final class Listener extends Handler {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord said) {
            if (said.getMessage().startsWith(EMPTY)) {
                heard.removeLast();
            }
            COUNTED.stream().filter(said.getMessage()::startsWith).forEach(heard::add);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
