package guichet.intake.http;

import static guichet.intake.http.Intake.reading;
import static guichet.intake.http.Intake.token;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.door.InMemoryEventLog;
import guichet.chassis.door.SettableClock;
import guichet.chassis.door.Tokens;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ContactAssigned;
import guichet.events.ContactConverted;
import guichet.events.ContactReleased;
import guichet.events.EndedBy;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.intake.Noticeboard;
import guichet.intake.TestDatabase;
import guichet.intake.requests.ReadTopics;
import guichet.policy.Language;
import guichet.policy.SupportPolicy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Every sentence that the desk has of contacts is heard over HTTP, in every language; {@link
 * FaultTextsOverHttpTest} hears the others.
 */
@OverHttp
class TextsOverHttpTest {

    private static final String SCHEMA = TestDatabase.schema();
    private static final String ALL_LINES_ARE_OPEN = "2026-11-25T20:30:00Z";
    private static final String TEN_MINUTES_LATER = "2026-11-25T20:40:00Z";
    private static final String SATURDAY = "2026-11-28T20:30:00Z";

    /** Said of a line that a policy never opens; this one has none. */
    private static final Set<String> NEVER_OPEN = Set.of("CHAT.closed", "PHONE.closed");

    private static final Pattern OF_CONTACTS =
            Pattern.compile("(WEB|CHAT|PHONE|step|withdrawal)\\..*|unknown-request.*");

    @Autowired Intake intake;
    @Autowired InMemoryEventLog log;
    @Autowired SettableClock clock;
    @Autowired Noticeboard noticeboard;
    @Autowired ReadTopics topics;

    private final String ana = Tokens.of("ana-" + UUID.randomUUID(), "customer");
    private Heard heard;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry settings) {
        settings.add("guichet.requests.url", TestDatabase::url);
        settings.add("guichet.requests.schema", () -> SCHEMA);
    }

    @BeforeEach
    void whileAllLinesAreOpen() {
        log.reset();
        noticeboard.clear();
        clock.set(ALL_LINES_ARE_OPEN);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void c2C6H6S2C3_everySentenceIsHeardInTheCustomersLanguage(Language language) {
        heard = new Heard(language);

        accepted(language);
        outOfScope(language);
        closed(language);
        timelines(language);
        notTakenBack(language);

        heard.hasAll(
                "guichet.intake.words.words",
                key -> hears(key) && !NEVER_OPEN.contains(key),
                ".*\\d:\\d\\d.*");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void s1ToS6_everyTopicHasItsGuidanceInTheCustomersLanguage(Language language) {
        List<String> all = List.copyOf(SupportPolicy.load("support-page").topics(clock.instant()));
        assertThat(all).hasSizeGreaterThan(10);

        for (String topic : all) {
            String path = "/api/guidance?topic=%s&language=".formatted(topic);
            var told = intake.get(path + language.tag());

            assertThat(told.status()).as(topic).isEqualTo(200);
            assertThat(told.headers().getFirst("Content-Language")).isEqualTo(language.tag());
            assertThat(told.body().get("reason").stringValue()).as(topic).isNotBlank();
            if (language != Language.EN) {
                assertThat(told.body().get("reason"))
                        .as(topic)
                        .isNotEqualTo(intake.get(path + "en").body().get("reason"));
            }
        }
    }

    /** Whether it is here that a sentence is heard. */
    static boolean hears(String key) {
        return OF_CONTACTS.matcher(key).matches();
    }

    private void accepted(Language language) {
        Map<String, Object> call = Map.of("phoneNumber", "+14155552671");
        heard.hear(ask("/api/tickets", ticket(), language), 201);
        heard.hear(ask("/api/chats", Map.of(), language), 201);
        heard.hear(ask("/api/callbacks", call, language), 201);
        topics.callbacksToTheirEnd();
        heard.hear(ask("/api/callbacks", call, language), 201);
        clock.set(TEN_MINUTES_LATER);
        heard.hear(ask("/api/callbacks", call, language), 201);
        clock.set(ALL_LINES_ARE_OPEN);
    }

    private void outOfScope(Language language) {
        Map<String, Object> topic = Map.of("topic", "legal-advice");
        heard.hear(ask("/api/tickets", with(ticket(), topic), language), 201);
        heard.hear(ask("/api/chats", topic, language), 201);
        Map<String, Object> call = Map.of("phoneNumber", "+14155552672");
        heard.hear(ask("/api/callbacks", with(call, topic), language), 201);
    }

    private void closed(Language language) {
        clock.set(SATURDAY);
        refused(language);
        clock.set(ALL_LINES_ARE_OPEN);
    }

    private void refused(Language language) {
        Map<String, Object> call = Map.of("phoneNumber", "+14155552673");
        heard.hear(ask("/api/chats", Map.of(), language), 409);
        heard.hear(ask("/api/callbacks", call, language), 409);
    }

    private void timelines(Language language) {
        Instant now = clock.instant();
        String talk = chat(language);
        topics.read(
                ResponseDueChanged.newBuilder()
                        .setContactId(talk)
                        .setChangedAt(now)
                        .setChannel(guichet.events.Channel.CHAT)
                        .setLanguage(language.tag())
                        .setPreviousDue(now.plusSeconds(900))
                        .setDue(now.plusSeconds(960))
                        .setOpenMillis(1)
                        .setPolicyVersion("v")
                        .build());
        topics.read(new ContactAssigned(talk, "offer-1", "agent-1", now));
        topics.read(new ContactReleased(talk, "agent-1", now, "agent away"));
        topics.read(
                ResponseBreached.newBuilder()
                        .setContactId(talk)
                        .setChannel(guichet.events.Channel.CHAT)
                        .setLanguage(language.tag())
                        .setDue(now)
                        .setOpenMillisAllowed(1)
                        .setPolicyVersion("v")
                        .build());
        topics.read(new ChatAnswered(talk, now, "agent-1"));
        topics.read(
                ContactConverted.newBuilder()
                        .setContactId(talk)
                        .setTicketId(UUID.randomUUID().toString())
                        .setChannel(guichet.events.Channel.CHAT)
                        .setLanguage(language.tag())
                        .setAgentId("agent-1")
                        .setAnsweredAt(now)
                        .setConvertedAt(now)
                        .setPolicyVersion("v")
                        .build());
        String ended = chat(language);
        topics.read(new ChatAnswered(ended, now, "agent-1"));
        topics.read(new ChatEnded(ended, now, EndedBy.AGENT));
        String takenBack = chat(language);
        intake.delete("/api/requests/" + takenBack, token(ana));

        for (String id : List.of(talk, ended, takenBack)) {
            heard.hear(intake.get("/api/requests/" + id, token(ana)), 200);
        }
    }

    private void notTakenBack(Language language) {
        String ticket = ask("/api/tickets", ticket(), language).body().get("id").stringValue();
        String answered = chat(language);
        topics.read(new ChatAnswered(answered, clock.instant(), "agent-1"));

        for (String id : List.of(ticket, answered)) {
            heard.hear(intake.delete("/api/requests/" + id, token(ana)), 409);
        }
        heard.hear(intake.get("/api/requests/none", token(ana), reading(language)), 404);
        heard.hear(intake.delete("/api/requests/none", token(ana), reading(language)), 404);
    }

    private String chat(Language language) {
        return ask("/api/chats", Map.of(), language).body().get("id").stringValue();
    }

    private Intake.Response ask(String path, Map<String, Object> body, Language language) {
        return intake.post(path, with(body, Map.of("language", language.tag())), token(ana));
    }

    private static Map<String, Object> ticket() {
        return Map.of("email", "ana@example.com", "impact", "LOW", "description", "?");
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
