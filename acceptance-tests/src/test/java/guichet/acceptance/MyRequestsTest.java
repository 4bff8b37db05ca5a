package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.events.CallEnded;
import guichet.events.ChatAnswered;
import guichet.events.ContactReleased;
import guichet.schemas.Topics;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** My requests (C3), from the customer's door through every service and back. */
@OnTheWholeDesk
abstract class MyRequestsTest {

    private final WholeDesk.Running desk;

    /** Who has no requests but these. */
    private final String account = "team?sub=my-requests-" + UUID.randomUUID();

    MyRequestsTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @Test
    void c3_aRequestIsSeenAndItsTimelineTellsWhatTheDeskDid() {
        String id = post("/api/chats", Map.of("language", "pt", "question", "Como altero?"));

        JsonNode newest =
                desk.customers()
                        .get("/api/requests?channel=CHAT&limit=1", account)
                        .body()
                        .get("requests")
                        .get(0);
        assertThat(newest.get("id").stringValue()).isEqualTo(id);
        assertThat(newest.get("state").stringValue()).isEqualTo("WAITING");

        Instant now = now();
        desk.agents().publish(Topics.CHATS, new ChatAnswered(id, now, "agent-1"), now);
        await("the answer is told")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(steps(shown(id)))
                                        .startsWith("CREATED")
                                        .contains("ANSWERED"));

        await("the chat has become a ticket")
                .atMost(LONG_ENOUGH)
                .until(() -> shown(id).get("state").stringValue().equals("CONVERTED"));
        String ticket = shown(id).get("convertedTo").stringValue();
        awaitSeen(ticket);
        assertThat(shown(ticket).get("convertedFrom").stringValue()).isEqualTo(id);
        assertThat(desk.customers().get("/api/requests/" + id, "basic").status()).isEqualTo(404);
    }

    @Test
    void c5_aCallThatWasTakenBackLeavesTheQueue() {
        String id = post("/api/callbacks", Map.of("language", "en", "phoneNumber", "+14155552672"));

        assertThat(desk.customers().delete("/api/requests/" + id, account).status()).isEqualTo(204);

        await("it is seen to have been taken back")
                .atMost(LONG_ENOUGH)
                .until(() -> shown(id).get("state").stringValue().equals("WITHDRAWN"));
        await("the queue has let it go")
                .atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(desk.log().of(id, ContactReleased.class))
                                        .extracting(ContactReleased::getReason)
                                        .containsExactly("withdrawn"));
        assertThat(desk.log().of(id, CallEnded.class)).hasSize(1);
    }

    private JsonNode shown(String id) {
        return desk.customers().get("/api/requests/" + id, account).body();
    }

    /** Returns the id of a request once its sender sees it. */
    private String post(String path, Map<String, ?> body) {
        Customers.Reply reply =
                desk.customers().post(path, account, UUID.randomUUID().toString(), body);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        awaitSeen(reply.id());
        return reply.id();
    }

    private void awaitSeen(String id) {
        await("it is seen")
                .atMost(LONG_ENOUGH)
                .until(() -> desk.customers().get("/api/requests/" + id, account).status() == 200);
    }

    private static List<String> steps(JsonNode request) {
        return request.get("timeline")
                .valueStream()
                .map(step -> step.get("what").stringValue())
                .toList();
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
