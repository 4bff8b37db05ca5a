package guichet.sla.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.groupingBy;

import guichet.chassis.Announcements.Board;
import guichet.chassis.Announcements.Notice;
import guichet.chassis.DeskDriver;
import guichet.events.ChatAnswered;
import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.events.Plan;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.SupportPolicy;
import guichet.schemas.Contract;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The walk over all clocks where there are many of them, or many changes (H6). */
class ManyClocksTest {

    /** Wednesday 10:00 in São Paulo: the Spanish lines are open until 12:00. */
    private static final Instant MORNING = Instant.parse("2026-01-07T13:00:00Z");

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofHours(1);

    private static final int DRILLS = 6;

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final Map<String, Notice> notices = new HashMap<>();
    private MeterRegistry meters = new SimpleMeterRegistry();
    private Board board = Board.EMPTY;

    @Test
    void aMonitorThatWasDownForTwelveChangesSaysWhatOneWouldThatHeardEachInTime() {
        Map<String, List<SpecificRecord>> inTime =
                theDay(
                        desk -> {
                            for (int drill = 1; drill <= DRILLS; drill++) {
                                advanceTo(secondsOf(drill), desk);
                                announce("drill-" + drill, desk.now());
                                advanceTo(secondsOf(drill) + 30, desk);
                                callOff("drill-" + drill, desk.now());
                            }
                        });
        Map<String, List<SpecificRecord>> down =
                theDay(
                        desk -> {
                            for (int drill = 1; drill <= DRILLS; drill++) {
                                Instant at = MORNING.plusSeconds(secondsOf(drill));
                                announce("drill-" + drill, at);
                                callOff("drill-" + drill, at.plusSeconds(30));
                            }
                        });

        assertThat(down).hasSize(40).isEqualTo(inTime);
        assertThat(down.get("c-01"))
                .filteredOn(ResponseDueChanged.class::isInstance)
                .hasSize(1 + 2 * DRILLS);
        assertThat(down.get("c-01").getLast())
                .isInstanceOfSatisfying(
                        ResponseBreached.class,
                        breached ->
                                assertThat(breached.getDue())
                                        .isEqualTo(MORNING.plus(Duration.ofMinutes(18))));
        assertThat(meters.get(ClockMetrics.LAYOUTS).counter().count())
                .as("each version once or twice, not once a clock")
                .isLessThanOrEqualTo(2 * (1 + 2 * DRILLS));
    }

    @Test
    void reachesTheFewThatRunAmongHundredsThatHaveStoppedWithinAFewTicks() {
        try (DeskDriver desk = desk(new ClockTask.Pace(4, LONG))) {
            for (int i = 0; i < 240; i++) {
                String id = "c-%04d".formatted(i);
                desk.read(Topics.CHATS, chat(id));
                if (i % 80 != 79) {
                    desk.read(Topics.CHATS, new ChatAnswered(id, MORNING, "agent-1"));
                }
            }
            ticks(4, desk);
            desk.written(Topics.SLA);
            announce("drill", desk.now());

            ticks(4, desk);

            assertThat(desk.written(Topics.SLA))
                    .hasOnlyElementsOfType(ResponseDueChanged.class)
                    .extracting(Contract::keyOf)
                    .containsExactly("c-0079", "c-0159", "c-0239");
            desk.read(Topics.CHATS, new ChatAnswered("c-0159", desk.now(), "agent-1"));
            assertThat(
                            meters.get(ClockMetrics.OPEN)
                                    .tags("channel", "CHAT", "language", "es")
                                    .gauge()
                                    .value())
                    .isEqualTo(2);
        }
    }

    @Test
    void goesOnAfterTheLastClockItMovedWhereTheTimeOfATickIsOver() {
        try (DeskDriver desk = desk(new ClockTask.Pace(50, Duration.ZERO))) {
            for (int i = 0; i < 5; i++) {
                desk.read(Topics.CHATS, chat("c-" + i));
            }
            ticks(1, desk);
            desk.written(Topics.SLA);
            announce("drill", desk.now());

            for (int i = 0; i < 5; i++) {
                ticks(1, desk);
                assertThat(desk.written(Topics.SLA))
                        .extracting(Contract::keyOf)
                        .containsExactly("c-" + i);
            }
            ticks(5, desk);
            assertThat(desk.written(Topics.SLA)).isEmpty();
        }
    }

    /** What is said of each of forty chats that begin together and are never answered. */
    private Map<String, List<SpecificRecord>> theDay(Consumer<DeskDriver> changes) {
        notices.clear();
        board = Board.EMPTY;
        meters = new SimpleMeterRegistry();
        try (DeskDriver desk = desk(new ClockTask.Pace(10, LONG))) {
            for (int i = 0; i < 40; i++) {
                desk.read(Topics.CHATS, chat("c-%02d".formatted(i)));
            }
            changes.accept(desk);
            advanceTo(480, desk);
            advanceTo(1_800, desk);
            return desk.written(Topics.SLA).stream().collect(groupingBy(Contract::keyOf));
        }
    }

    private DeskDriver desk(ClockTask.Pace pace) {
        return new DeskDriver(
                ClockTask.topology(
                        "sla-monitor-service", policy, () -> board, new ClockMetrics(meters), pace),
                MORNING);
    }

    private static long secondsOf(int drill) {
        return drill * 60L;
    }

    private static void advanceTo(long seconds, DeskDriver desk) {
        desk.advance(
                Duration.between(desk.now(), MORNING.plusSeconds(seconds))
                        .minus(TICK.multipliedBy(20)));
        ticks(20, desk);
    }

    private static void ticks(int count, DeskDriver desk) {
        for (int tick = 0; tick < count; tick++) {
            desk.advance(TICK);
        }
    }

    /** For an hour; called off after half a minute, it costs that. */
    private void announce(String id, Instant at) {
        notices.put(
                id,
                new Notice(
                        new AnnouncedClosure(
                                id,
                                at,
                                at.plus(Duration.ofHours(1)),
                                Set.of(Channel.CHAT),
                                Set.of(),
                                "a fire drill"),
                        at,
                        Optional.empty()));
        board = new Board(true, notices, Set.of());
    }

    private void callOff(String id, Instant at) {
        Notice standing = notices.get(id);
        notices.put(id, new Notice(standing.closure(), standing.announcedAt(), Optional.of(at)));
        board = new Board(true, notices, Set.of());
    }

    private static ChatStarted chat(String id) {
        return ChatStarted.newBuilder()
                .setContactId(id)
                .setStartedAt(MORNING)
                .setCustomer(
                        Customer.newBuilder().setCustomerId("cust-1").setPlan(Plan.BASIC).build())
                .setLanguage("es")
                .build();
    }
}
