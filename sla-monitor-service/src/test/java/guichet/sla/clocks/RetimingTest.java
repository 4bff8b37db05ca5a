package guichet.sla.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.Announcements.Board;
import guichet.chassis.Announcements.Notice;
import guichet.chassis.DeskDriver;
import guichet.events.ChatAnswered;
import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.events.OpenSpan;
import guichet.events.Plan;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Closures announced and called off while clocks run (H6). */
class RetimingTest {

    /** Wednesday 10:00 in São Paulo: the Spanish lines are open until 12:00. */
    private static final Instant MORNING = Instant.parse("2026-01-07T13:00:00Z");

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int CLOCKS_A_TICK = 10;
    private static final Duration TICK = Duration.ofMillis(100);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final Map<String, Notice> notices = new HashMap<>();
    private Board board = Board.EMPTY;
    private final DeskDriver desk =
            new DeskDriver(
                    ClockTask.topology(
                            "sla-monitor-service",
                            policy,
                            () -> board,
                            new ClockMetrics(meters),
                            new ClockTask.Pace(CLOCKS_A_TICK, Duration.ofHours(1))),
                    MORNING);

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void movesTheDueOfAnOpenChatAndSaysWhy() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        said();
        desk.advance(Duration.ofMinutes(5));

        announce("drill", desk.now(), MORNING.plus(minutes(6)), MORNING.plus(minutes(36)));
        Instant announcedAt = desk.now();
        desk.advance(TICK);

        ResponseDueChanged changed = (ResponseDueChanged) said().getFirst();
        assertThat(changed.getChangedAt()).isEqualTo(announcedAt);
        assertThat(changed.getPreviousDue()).isEqualTo(MORNING.plus(QUARTER));
        assertThat(changed.getDue()).isEqualTo(MORNING.plus(minutes(45)));
        assertThat(changed.getReasons())
                .startsWith("H6: announced: a fire drill (drill)")
                .contains("T2: chat, 15 minutes of open time");
        assertThat(changed.getCounted())
                .containsExactly(
                        new OpenSpan(MORNING, MORNING.plus(minutes(6))),
                        new OpenSpan(MORNING.plus(minutes(36)), MORNING.plus(minutes(45))));
    }

    @Test
    void firesAtTheNewDueAndNotAtTheOld() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        announce("drill", MORNING, MORNING.plus(minutes(5)), MORNING.plus(minutes(35)));
        desk.advance(TICK);
        said();

        desk.advance(minutes(44));
        assertThat(said()).hasExactlyElementsOfTypes(ResponseDueSoon.class);

        desk.advance(minutes(1));
        assertThat(said())
                .singleElement()
                .isInstanceOfSatisfying(
                        ResponseBreached.class,
                        breached ->
                                assertThat(breached.getDue()).isEqualTo(MORNING.plus(minutes(45))));
        goOn(Duration.ofDays(1));
        assertThat(said()).isEmpty();
    }

    @Test
    void movesTheDueBackWhereTheClosureIsCalledOffAndCountsWhatHadPassedOfIt() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        announce("drill", MORNING, MORNING.plus(minutes(5)), MORNING.plus(minutes(65)));
        desk.advance(minutes(15));
        said();

        callOff("drill", desk.now());
        desk.advance(TICK);

        ResponseDueChanged changed = (ResponseDueChanged) said().getFirst();
        assertThat(changed.getPreviousDue()).isEqualTo(MORNING.plus(minutes(75)));
        assertThat(changed.getDue()).isEqualTo(MORNING.plus(minutes(25)));
        assertThat(changed.getReasons()).startsWith("H6: called off: a fire drill (drill)");
    }

    @Test
    void takesBackAClosureThatIsCalledOffBeforeItBegins() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        announce("drill", MORNING, MORNING.plus(minutes(5)), MORNING.plus(minutes(65)));
        desk.advance(minutes(1));
        said();

        callOff("drill", desk.now());
        desk.advance(TICK);

        assertThat(((ResponseDueChanged) said().getFirst()).getDue())
                .isEqualTo(MORNING.plus(QUARTER));
    }

    @Test
    void warnsAgainOfANewDueButBreachesOnce() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        desk.advance(minutes(13));
        assertThat(said())
                .hasExactlyElementsOfTypes(ResponseDueChanged.class, ResponseDueSoon.class);

        announce("drill", desk.now(), desk.now(), desk.now().plus(minutes(60)));
        goOn(Duration.ofDays(1));

        assertThat(said())
                .hasExactlyElementsOfTypes(ResponseDueChanged.class, ResponseBreached.class);
    }

    @Test
    void warnsOfTheNewDueWhereThatIsFarOff() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        desk.advance(minutes(13));
        said();

        announce("drill", desk.now(), MORNING.plus(minutes(1)), MORNING.plus(minutes(13)));
        goOn(Duration.ofDays(1));

        assertThat(said())
                .as("announced late: twelve minutes that had counted are given back")
                .hasExactlyElementsOfTypes(
                        ResponseDueChanged.class, ResponseDueSoon.class, ResponseBreached.class);
    }

    @Test
    void movesTheDueOfAClockThatIsAboutToWarnWhenTheRulesChange() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        announce("drill", MORNING, MORNING.plus(minutes(13)), MORNING.plus(minutes(63)));
        desk.advance(TICK);
        said();
        callOff("drill", MORNING.plus(minutes(12)).plusSeconds(30));

        goOn(minutes(13));

        assertThat(said())
                .as("first what fell due before the change, then the change")
                .hasExactlyElementsOfTypes(ResponseDueSoon.class, ResponseDueChanged.class);
        goOn(minutes(3));
        assertThat(said()).hasExactlyElementsOfTypes(ResponseBreached.class);
    }

    @Test
    void leavesClosedClocksAndOtherLinesAlone() {
        desk.read(Topics.CHATS, chat("answered", MORNING));
        desk.read(Topics.CHATS, new ChatAnswered("answered", MORNING, "agent-1"));
        desk.read(Topics.CHATS, chat("breached", MORNING.minus(minutes(30))));
        goOn(TICK);
        said();

        announce("drill", desk.now(), MORNING.plus(minutes(1)), MORNING.plus(minutes(60)));
        notices.put(
                "other",
                new Notice(
                        new AnnouncedClosure(
                                "other",
                                MORNING,
                                MORNING.plus(minutes(60)),
                                Set.of(Channel.PHONE),
                                Set.of(Language.EN),
                                "moving"),
                        MORNING,
                        Optional.empty()));
        board = new Board(true, notices, Set.of());
        desk.advance(minutes(10));

        assertThat(said()).isEmpty();
    }

    @Test
    void judgesByWhenThingsHappenedWhereTheClosureIsReadLate() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        announce(
                "drill",
                MORNING.plus(minutes(14)),
                MORNING.plus(minutes(14)),
                MORNING.plus(minutes(44)));

        desk.advance(minutes(20));

        assertThat(said())
                .hasExactlyElementsOfTypes(
                        ResponseDueChanged.class, ResponseDueSoon.class, ResponseDueChanged.class);
    }

    @Test
    void countsAnAnswerDuringAClosureAsInTime() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        announce("drill", MORNING, MORNING.plus(minutes(5)), MORNING.plus(minutes(65)));
        desk.advance(TICK);
        said();

        desk.read(Topics.CHATS, new ChatAnswered("c-1", MORNING.plus(minutes(40)), "agent-1"));

        ResponseMet met = (ResponseMet) said().getFirst();
        assertThat(met.getOpenMillisUsed()).isEqualTo(minutes(5).toMillis());
        assertThat(met.getDue()).isEqualTo(MORNING.plus(minutes(75)));
    }

    @Test
    void timesAContactOfThePastByWhatWasKnownThenAndAfterwards() {
        announce("drill", MORNING, MORNING.minus(minutes(5)), MORNING.plus(minutes(55)));
        desk.advance(TICK);

        desk.read(Topics.CHATS, chat("c-1", MORNING.minus(minutes(10))));
        desk.advance(TICK);

        assertThat(said())
                .extracting(event -> ((ResponseDueChanged) event).getDue())
                .containsExactly(MORNING.plus(minutes(5)), MORNING.plus(minutes(65)));
    }

    @Test
    void movesNoDueOfAContactWhoseAnswerLiesUnreadWhenTheClosureIsAnnounced() {
        desk.read(Topics.CHATS, chat("answered", MORNING));
        desk.knowOnlyUntil(MORNING.plus(minutes(1)));
        said();
        desk.advance(minutes(10));
        announce("drill", MORNING.plus(minutes(5)), desk.now(), desk.now().plus(minutes(30)));
        goOn(TICK);

        desk.read(Topics.CHATS, new ChatAnswered("answered", MORNING.plus(minutes(2)), "agent-1"));
        desk.read(Topics.CHATS, chat("new", MORNING.plus(minutes(3))));
        desk.read(Topics.CHATS, new ChatAnswered("new", MORNING.plus(minutes(4)), "agent-1"));
        desk.knowOnlyUntil(Instant.MAX);
        goOn(minutes(60));

        assertThat(said())
                .hasExactlyElementsOfTypes(
                        ResponseMet.class, ResponseDueChanged.class, ResponseMet.class);
    }

    @Test
    void takesAnAnswerForInTimeThatWasReadBeforeTheClosureThatMovesDueBehindIt() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        desk.knowOnlyUntil(MORNING.plus(minutes(14)));
        desk.advance(minutes(20));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", MORNING.plus(minutes(16)), "agent-1"));
        said();

        announce("drill", MORNING.plus(minutes(14)), MORNING.plus(minutes(14)), desk.now());
        desk.knowOnlyUntil(Instant.MAX);
        goOn(minutes(60));

        assertThat(said()).hasExactlyElementsOfTypes(ResponseDueChanged.class, ResponseMet.class);
    }

    @Test
    void retimesManyClocksInBoundedSteps() {
        IntStream.range(0, 25)
                .forEach(i -> desk.read(Topics.CHATS, chat("c-%04d".formatted(i), MORNING)));
        said();
        announce("drill", MORNING, MORNING.plus(minutes(5)), MORNING.plus(minutes(35)));

        desk.advance(TICK);
        assertThat(said()).hasSize(CLOCKS_A_TICK);

        desk.advance(TICK);
        desk.advance(TICK);
        assertThat(said()).hasSize(15);
    }

    @Test
    void neverFiresAtAnOldDueThoughTheSweepHasNotComeByYet() {
        IntStream.range(0, 25)
                .forEach(i -> desk.read(Topics.CHATS, chat("c-%04d".formatted(i), MORNING)));
        desk.advance(QUARTER.minus(TICK));
        announce(
                "drill",
                MORNING.plus(minutes(14)),
                MORNING.plus(minutes(14)),
                MORNING.plus(minutes(44)));

        desk.advance(TICK.multipliedBy(2));

        assertThat(said()).noneMatch(ResponseBreached.class::isInstance);
    }

    /** What one deadline schedules is looked at in the next tick. */
    private void goOn(Duration time) {
        desk.advance(time);
        desk.advance(TICK);
        desk.advance(TICK);
    }

    private List<SpecificRecord> said() {
        return desk.written(Topics.SLA);
    }

    private void announce(String id, Instant announcedAt, Instant from, Instant to) {
        notices.put(
                id,
                new Notice(
                        new AnnouncedClosure(
                                id, from, to, Set.of(Channel.CHAT), Set.of(), "a fire drill"),
                        announcedAt,
                        Optional.empty()));
        board = new Board(true, notices, Set.of());
    }

    private void callOff(String id, Instant at) {
        Notice standing = notices.get(id);
        notices.put(id, new Notice(standing.closure(), standing.announcedAt(), Optional.of(at)));
        board = new Board(true, notices, Set.of());
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    private static ChatStarted chat(String id, Instant at) {
        return ChatStarted.newBuilder()
                .setContactId(id)
                .setStartedAt(at)
                .setCustomer(
                        Customer.newBuilder().setCustomerId("cust-1").setPlan(Plan.BASIC).build())
                .setLanguage("es")
                .setQuestion("¿Cómo cambio mi dominio?")
                .build();
    }
}
