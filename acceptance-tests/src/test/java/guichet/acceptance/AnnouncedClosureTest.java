package guichet.acceptance;

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
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A closure announced while the desk runs stops the clocks of those who wait (H6). */
@ExtendWith(WholeDesk.class)
class AnnouncedClosureTest {

    private final WholeDesk.Running desk;
    private final String closureId = UUID.randomUUID().toString();

    AnnouncedClosureTest(WholeDesk.Running desk) {
        this.desk = desk;
    }

    @Test
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
                .atMost(Duration.ofSeconds(30))
                .until(() -> System.currentTimeMillis() > firstDue.toEpochMilli() + 2_000);
        assertThat(desk.log().of(call.id(), ResponseBreached.class)).isEmpty();

        desk.agents().publishBytes(Topics.CLOSURES, closureId.getBytes(UTF_8), null);
        ResponseDueChanged goesOn = dueChanges(call.id(), 3).getLast();
        assertThat(goesOn.getDue()).isAfter(firstDue).isBefore(stopped.getDue());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(desk.log().of(call.id(), ResponseBreached.class))
                                        .extracting(ResponseBreached::getDue)
                                        .containsExactly(goesOn.getDue()));
        assertThat(judged().faults())
                .filteredOn(fault -> fault.contactId().equals(call.id()))
                .isEmpty();
    }

    private Verdict judged() {
        return Evidence.read(
                        desk.desk().bootstrapServers(),
                        desk.desk().registryUrl(),
                        InstantSource.system())
                .judge(SupportPolicy.load("demo"), Duration.ZERO, Duration.ZERO);
    }

    private List<ResponseDueChanged> dueChanges(String contactId, int count) {
        await().atMost(Duration.ofSeconds(20))
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
                        "basic",
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
