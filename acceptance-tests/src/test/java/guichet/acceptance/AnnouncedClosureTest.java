package guichet.acceptance;

import static guichet.acceptance.Patience.LONG_ENOUGH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.events.Channel;
import guichet.events.ClosureAnnounced;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.judge.Evidence;
import guichet.judge.Verdict;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A closure announced while the desk runs stops the clocks of those who wait (H6). */
@OnTheWholeDesk
abstract class AnnouncedClosureTest {

    private static final Duration OFTEN = Duration.ofMillis(25);

    /**
     * And another: the clock is seen to stop when the monitor's transaction is committed and a look
     * at all topics has found it, and two processors run this, the tests beside it and the desk.
     */
    private static final Duration WITHIN_A_SECOND = Duration.ofSeconds(2);

    private final WholeDesk.Running desk;
    private final String closureId = UUID.randomUUID().toString();

    AnnouncedClosureTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @Test
    @ResourceLock(TogetherTest.PROMPT_MONITOR)
    void aClosureStopsTheClockUntilItIsCalledOff() {
        Customers.Reply call = callback();
        Instant firstDue = Instant.parse(call.body().get("respondBy").asString());

        announce();
        ResponseDueChanged stopped = dueChanges(call.id(), 2).getLast();
        assertThat(stopped.getPreviousDue()).isEqualTo(firstDue);
        assertThat(stopped.getDue()).isAfter(firstDue.plus(Duration.ofMinutes(50)));
        assertThat(stopped.getReasons())
                .startsWith("H6: announced: a fire drill (" + closureId + ")");

        await("the first due instant passes")
                .atMost(LONG_ENOUGH)
                .until(() -> System.currentTimeMillis() > firstDue.toEpochMilli() + 2_000);
        assertThat(desk.log().of(call.id(), ResponseBreached.class)).isEmpty();

        desk.agents().publishBytes(Topics.CLOSURES, closureId.getBytes(UTF_8), null);
        ResponseDueChanged goesOn = dueChanges(call.id(), 3).getLast();
        assertThat(goesOn.getDue()).isAfter(firstDue).isBefore(stopped.getDue());
        await().atMost(LONG_ENOUGH)
                .untilAsserted(
                        () ->
                                assertThat(desk.log().of(call.id(), ResponseBreached.class))
                                        .extracting(ResponseBreached::getDue)
                                        .containsExactly(goesOn.getDue()));
        assertThat(judged().faults())
                .filteredOn(fault -> fault.contactId().equals(call.id()))
                .isEmpty();
    }

    @Test
    @ResourceLock(TogetherTest.PROMPT_MONITOR)
    @ResourceLock(TogetherTest.SPANISH_CHATS)
    void aClosureAnnouncedAtTheDoorShutsItAndStopsTheClocksWithinASecondUntilItIsCalledOff() {
        Customers.Reply waiting = chat();
        assertThat(waiting.status()).isEqualTo(201);
        dueChanges(waiting.id(), 1);

        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        Customers.Reply announced =
                desk.customers()
                        .post(
                                "/api/closures",
                                "supervisor",
                                closureId,
                                Map.of(
                                        "startsAt", now.toString(),
                                        "endsAt", now.plus(Duration.ofMinutes(5)).toString(),
                                        "channels", List.of("CHAT"),
                                        "languages", List.of("es"),
                                        "reason", "a one-off meeting"));
        assertThat(announced.status()).as(announced.body().toString()).isEqualTo(201);
        await("the door is shut, and the clock of who waits has stopped")
                .atMost(WITHIN_A_SECOND)
                .pollInterval(OFTEN)
                .until(
                        () ->
                                !isOpen()
                                        && desk.log()
                                                        .of(waiting.id(), ResponseDueChanged.class)
                                                        .size()
                                                == 2);
        assertThat(chat().status()).isEqualTo(409);

        Customers.Reply calledOff =
                desk.customers().delete("/api/closures/" + announced.id(), "supervisor");
        assertThat(calledOff.status()).isEqualTo(204);
        await("the door is open").atMost(WITHIN_A_SECOND).pollInterval(OFTEN).until(this::isOpen);
        assertThat(chat().status()).isEqualTo(201);
    }

    private boolean isOpen() {
        return desk.customers()
                .get("/api/hours?language=es&channel=CHAT", "basic")
                .body()
                .get("open")
                .booleanValue();
    }

    private Customers.Reply chat() {
        return desk.customers()
                .post(
                        "/api/chats",
                        "basic",
                        UUID.randomUUID().toString(),
                        Map.of("language", "es", "question", "¿Cómo añado una página?"));
    }

    private Verdict judged() {
        return Evidence.read(
                        desk.desk().bootstrapServers(),
                        desk.desk().registryUrl(),
                        InstantSource.system())
                .judge(SupportPolicy.load("demo"), Duration.ZERO, Duration.ZERO);
    }

    private List<ResponseDueChanged> dueChanges(String contactId, int count) {
        await().atMost(LONG_ENOUGH)
                .until(() -> desk.log().of(contactId, ResponseDueChanged.class).size() >= count);
        return desk.log().of(contactId, ResponseDueChanged.class);
    }

    private void announce() {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        desk.agents()
                .publish(
                        Topics.CLOSURES,
                        ClosureAnnounced.newBuilder()
                                .setClosureId(closureId)
                                .setAnnouncedAt(now)
                                .setStartsAt(now)
                                .setEndsAt(now.plus(Duration.ofHours(1)))
                                .setChannels(List.of(Channel.PHONE))
                                .setLanguages(List.of("pt"))
                                .setReason("a fire drill")
                                .setAnnouncedBy("supervisor-1")
                                .build(),
                        now);
    }

    private Customers.Reply callback() {
        return desk.customers()
                .post(
                        "/api/callbacks",
                        "agency",
                        UUID.randomUUID().toString(),
                        Map.of(
                                "impact",
                                "LOW",
                                "language",
                                "pt",
                                "phoneNumber",
                                "+5511987654321",
                                "question",
                                "Como troco a fonte do site?"));
    }
}
