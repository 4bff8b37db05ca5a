package guichet.sla.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.Announcements;
import guichet.chassis.DeskDriver;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.events.EndedBy;
import guichet.events.Plan;
import guichet.events.ResponseBreached;
import guichet.events.ResponseMet;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whatever happens to a chat may be recorded in any order, and twice: its outcome is that of the
 * order in which it happened.
 */
class EventOrderTest {

    /** Wednesday 10:00 in São Paulo: the Spanish lines are open until 12:00. */
    private static final Instant MORNING = Instant.parse("2026-01-07T13:00:00Z");

    private static final Instant DUE = MORNING.plus(Duration.ofMinutes(15));

    /** Before and after the warning, at due, and later. */
    private static final List<Instant> INSTANTS =
            List.of(MORNING.plusSeconds(60), DUE.minusMillis(1), DUE, DUE.plusSeconds(60));

    private final List<SpecificRecord> log = new ArrayList<>();
    private final Map<String, String> outcomes = new TreeMap<>();

    @Test
    void theOutcomeOfAChatIsTheSameInEveryOrderOfItsEvents() {
        for (Instant first : INSTANTS) {
            record(first, null);
            record(null, first);
            INSTANTS.forEach(other -> record(first, other));
        }

        Map<String, String> found = new TreeMap<>(outcomes);
        found.replaceAll((id, wanted) -> "withdrawn");
        readAllAndLetItFallDue()
                .forEach(
                        said ->
                                found.merge(
                                        Contract.keyOf(said),
                                        said.getSchema().getName(),
                                        (before, now) ->
                                                before.equals("withdrawn")
                                                        ? now
                                                        : before + " and " + now));

        assertThat(found).hasSize(outcomes.size());
        found.entrySet().removeAll(outcomes.entrySet());
        assertThat(found).as("otherwise than it happened").isEmpty();
    }

    private List<SpecificRecord> readAllAndLetItFallDue() {
        try (DeskDriver desk =
                new DeskDriver(
                        ClockTask.topology(
                                "sla-monitor-service",
                                SupportPolicy.load("support-page"),
                                () -> Announcements.Board.EMPTY,
                                new ClockMetrics(new SimpleMeterRegistry())),
                        MORNING)) {
            desk.knowOnlyUntil(MORNING);
            desk.advance(Duration.ofHours(1));
            log.forEach(event -> desk.read(Topics.CHATS, event));
            desk.knowOnlyUntil(Instant.MAX);
            desk.advance(Duration.ofSeconds(1));
            desk.advance(Duration.ofSeconds(1));
            return desk.written(Topics.SLA).stream()
                    .filter(said -> said instanceof ResponseMet || said instanceof ResponseBreached)
                    .toList();
        }
    }

    /** Two contacts for each order of its events: recorded once, and all over again. */
    private void record(@Nullable Instant answeredAt, @Nullable Instant endedAt) {
        Fact started = EventOrderTest::started;
        Fact answered = id -> new ChatAnswered(id, answeredAt, "agent-1");
        Fact ended = id -> new ChatEnded(id, endedAt, EndedBy.CUSTOMER);
        List<Fact> facts = new ArrayList<>(List.of(started));
        if (answeredAt != null) {
            facts.add(answered);
        }
        if (endedAt != null) {
            facts.add(ended);
        }
        for (List<Fact> order : orders(facts)) {
            boolean saidBeforeTheEndWasRead = order.getLast() == ended;
            String outcome = outcome(answeredAt, endedAt, saidBeforeTheEndWasRead);
            String story = "answered " + answeredAt + " ended " + endedAt;
            keep(story, outcome, order);
            keep(story, outcome, Stream.concat(order.stream(), order.stream()).toList());
        }
    }

    /** An answer goes before an end of the same instant; what has been said is not taken back. */
    private static String outcome(
            @Nullable Instant answeredAt,
            @Nullable Instant endedAt,
            boolean saidBeforeTheEndWasRead) {
        boolean inTime = answeredAt != null && answeredAt.isBefore(DUE);
        boolean first = endedAt == null || (inTime && !endedAt.isBefore(answeredAt));
        if (inTime && (first || saidBeforeTheEndWasRead)) {
            return "ResponseMet";
        }
        return endedAt != null && endedAt.isBefore(DUE) ? "withdrawn" : "ResponseBreached";
    }

    private void keep(String story, String outcome, List<Fact> order) {
        String id = "%s #%d".formatted(story, outcomes.size());
        order.forEach(fact -> log.add(fact.of(id)));
        outcomes.put(id, outcome);
    }

    private static List<List<Fact>> orders(List<Fact> facts) {
        if (facts.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Fact>> orders = new ArrayList<>();
        for (Fact first : facts) {
            List<Fact> others = new ArrayList<>(facts);
            others.remove(first);
            for (List<Fact> rest : orders(others)) {
                orders.add(Stream.concat(Stream.of(first), rest.stream()).toList());
            }
        }
        return orders;
    }

    /** What happened to whichever contact. */
    private interface Fact {
        SpecificRecord of(String contactId);
    }

    private static SpecificRecord started(String contactId) {
        return ChatStarted.newBuilder()
                .setContactId(contactId)
                .setStartedAt(MORNING)
                .setCustomer(
                        Customer.newBuilder().setCustomerId("cust-1").setPlan(Plan.BASIC).build())
                .setLanguage("es")
                .build();
    }
}
