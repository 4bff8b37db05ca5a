package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.CallAnswered;
import guichet.events.CallEnded;
import guichet.events.Channel;
import guichet.events.ChatAnswered;
import guichet.events.ContactConverted;
import guichet.events.ContactQueued;
import guichet.events.EndedBy;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketCreated;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The whole path of a contact, through the doors that customers and agents use. */
@OnTheWholeDesk
abstract class ContactPathTest {

    /** A second call to a number would join one that waits. */
    private static final AtomicInteger NUMBERS = new AtomicInteger(3_000);

    private final WholeDesk.Running desk;

    ContactPathTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @Test
    void l1_aContactIsQueuedInItsLanguage() {
        String en = chat("basic", "en", "How do I add a page?").id();
        String pt = ticket("team", "pt", "Não consigo publicar o site desde ontem.").id();
        String es = callback("agency", "es", "El editor no se abre.").id();

        ContactQueued english = awaitOne(en, ContactQueued.class);
        ContactQueued portuguese = awaitOne(pt, ContactQueued.class);
        ContactQueued spanish = awaitOne(es, ContactQueued.class);

        assertThat(english.getChannel()).isEqualTo(Channel.CHAT);
        assertThat(portuguese.getChannel()).isEqualTo(Channel.WEB);
        assertThat(spanish.getChannel()).isEqualTo(Channel.PHONE);
        assertThat(topicOf(english)).isEqualTo(Topics.assignments("en"));
        assertThat(topicOf(portuguese)).isEqualTo(Topics.assignments("pt"));
        assertThat(topicOf(spanish)).isEqualTo(Topics.assignments("es"));
    }

    @Test
    void c2_theCustomerIsToldTheSameInstantThatTheQueueAndTheClockKeep() {
        Customers.Reply reply = callback("enterprise", "es", "Mi sitio no carga.");
        Instant promised = Instant.parse(reply.body().get("respondBy").asString());

        assertThat(awaitOne(reply.id(), ContactQueued.class).getDue()).isEqualTo(promised);
        assertThat(awaitOne(reply.id(), ResponseBreached.class).getDue()).isEqualTo(promised);
    }

    @Test
    void t2_anAnswerInTimeMeetsTheTarget() {
        String id = chat("basic", "en", "How do I add a page?").id();

        desk.agents().publish(Topics.CHATS, new ChatAnswered(id, now(), "agent-1"), now());

        ResponseMet met = awaitOne(id, ResponseMet.class);
        assertThat(met.getAgentId()).isEqualTo("agent-1");
        assertThat(met.getAnsweredAt()).isBefore(met.getDue());
        assertThat(desk.log().of(id, ResponseBreached.class)).isEmpty();
    }

    @Test
    void t3_silenceIsWarnedOfAndThenBreachesTheTarget() {
        String id = callback("basic", "en", "The editor does not open.").id();

        ResponseDueSoon soon = awaitOne(id, ResponseDueSoon.class);
        ResponseBreached breached = awaitOne(id, ResponseBreached.class);

        assertThat(soon.getWarnedAt()).isBefore(breached.getDue());
        assertThat(desk.log().of(id, ResponseMet.class)).isEmpty();
    }

    @Test
    void e1_aLongChatBecomesATicketForTheSameAgent() {
        String id = chat("team", "pt", "Como altero o domínio do meu site?").id();
        awaitOne(id, ContactQueued.class);

        desk.agents().publish(Topics.CHATS, new ChatAnswered(id, now(), "agent-7"), now());

        assertConverted(id, Channel.CHAT, "pt");
    }

    @Test
    void e2_aLongCallBecomesATicketForTheSameAgent() {
        String id = callback("team", "es", "El sitio no carga.").id();
        awaitOne(id, ContactQueued.class);

        desk.agents().publish(Topics.CALLBACKS, new CallAnswered(id, now(), "agent-7"), now());

        assertConverted(id, Channel.PHONE, "es");
    }

    @Test
    void aShortConversationStaysWhatItIs() {
        String id = callback("team", "es", "Una pregunta sencilla.").id();
        awaitOne(id, ContactQueued.class);
        Instant connected = now();
        desk.agents().publish(Topics.CALLBACKS, new CallAnswered(id, connected, "a-1"), connected);
        desk.agents()
                .publish(
                        Topics.CALLBACKS,
                        new CallEnded(id, connected.plusSeconds(5), EndedBy.CUSTOMER),
                        connected.plusSeconds(5));
        String longer = chat("team", "pt", "Como altero o domínio?").id();
        desk.agents().publish(Topics.CHATS, new ChatAnswered(longer, now(), "a-1"), now());

        awaitOne(longer, ContactConverted.class);

        assertThat(desk.log().of(id, ContactConverted.class)).isEmpty();
    }

    @Test
    void aRepeatedRequestIsOneContact() {
        String key = UUID.randomUUID().toString();
        Map<String, String> body = Map.of("language", "en", "question", "How do I add a page?");

        String first = desk.customers().post("/api/chats", "basic", key, body).id();
        String again = desk.customers().post("/api/chats", "basic", key, body).id();
        String later = chat("basic", "en", "Another question").id();

        assertThat(again).isEqualTo(first);
        awaitOne(later, ContactQueued.class);
        awaitOne(first, ContactQueued.class);
    }

    private void assertConverted(String id, Channel channel, String language) {
        ContactConverted converted = awaitOne(id, ContactConverted.class);
        TicketCreated ticket = awaitOne(converted.getTicketId(), TicketCreated.class);
        ContactQueued queued = awaitOne(converted.getTicketId(), ContactQueued.class);
        assertThat(converted.getChannel()).isEqualTo(channel);
        assertThat(ticket.getConvertedFrom().getContactId()).isEqualTo(id);
        assertThat(ticket.getCreatedAt()).isEqualTo(converted.getConvertedAt());
        assertThat(queued.getLanguage()).isEqualTo(language);
        assertThat(queued.getPreferredAgent()).isEqualTo("agent-7");
    }

    private Customers.Reply chat(String account, String language, String question) {
        return accepted(
                desk.customers()
                        .post(
                                "/api/chats",
                                account,
                                UUID.randomUUID().toString(),
                                Map.of("language", language, "question", question)));
    }

    private Customers.Reply ticket(String account, String language, String description) {
        return accepted(
                desk.customers()
                        .post(
                                "/api/tickets",
                                account,
                                UUID.randomUUID().toString(),
                                Map.of(
                                        "name",
                                        "Ana",
                                        "email",
                                        "ana@example.org",
                                        "impact",
                                        "HIGH",
                                        "language",
                                        language,
                                        "site",
                                        "example.org",
                                        "description",
                                        description)));
    }

    private Customers.Reply callback(String account, String language, String question) {
        return accepted(
                desk.customers()
                        .post(
                                "/api/callbacks",
                                account,
                                UUID.randomUUID().toString(),
                                Map.of(
                                        "phoneNumber",
                                        "+1415555" + NUMBERS.incrementAndGet(),
                                        "language",
                                        language,
                                        "question",
                                        question)));
    }

    private static Customers.Reply accepted(Customers.Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply;
    }

    private <E extends SpecificRecord> E awaitOne(String contactId, Class<E> kind) {
        List<E> found =
                await("a " + kind.getSimpleName() + " of " + contactId)
                        .atMost(LONG_ENOUGH)
                        .until(() -> desk.log().of(contactId, kind), events -> !events.isEmpty());
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private Topic topicOf(SpecificRecord event) {
        return desk.log().entries().stream()
                .filter(entry -> entry.event().equals(event))
                .map(entry -> Topics.named(entry.topic()).orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
