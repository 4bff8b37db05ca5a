package guichet.sla.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.Announcements;
import guichet.chassis.DeskDriver;
import guichet.events.CallAnswered;
import guichet.events.CallbackRequested;
import guichet.events.ChatAnswered;
import guichet.events.ChatEnded;
import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.events.EndedBy;
import guichet.events.Plan;
import guichet.events.ResponseBreached;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseDueSoon;
import guichet.events.ResponseMet;
import guichet.events.TicketAnswered;
import guichet.events.TicketCreated;
import guichet.policy.SupportPolicy;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class ClockTaskTest {

    /** Wednesday 10:00 in São Paulo: the Spanish lines are open until 12:00. */
    private static final Instant MORNING = Instant.parse("2026-01-07T13:00:00Z");

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration TICK = Duration.ofMillis(100);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final DeskDriver desk =
            new DeskDriver(
                    ClockTask.topology(
                            "sla-monitor-service",
                            policy,
                            () -> Announcements.Board.EMPTY,
                            new ClockMetrics(meters)),
                    MORNING);

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void saysAtOnceWhenTheResponseIsDueAndWhy() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));

        ResponseDueChanged changed = (ResponseDueChanged) said().getFirst();
        assertThat(changed.getDue()).isEqualTo(MORNING.plus(QUARTER));
        assertThat(changed.getPreviousDue()).isNull();
        assertThat(changed.getOpenMillis()).isEqualTo(QUARTER.toMillis());
        assertThat(changed.getReasons()).isNotEmpty();
        assertThat(changed.getPolicyVersion()).isEqualTo(policy.version());
    }

    @Test
    void t2_warnsOfAChatAndBreachesItAfterFifteenMinutes() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        said();

        desk.advance(QUARTER.minusMillis(1));
        assertThat(said()).hasExactlyElementsOfTypes(ResponseDueSoon.class);

        desk.advance(TICK);
        ResponseBreached breached = (ResponseBreached) said().getFirst();
        assertThat(breached.getDue()).isEqualTo(MORNING.plus(QUARTER));
        assertThat(breached.getOpenMillisAllowed()).isEqualTo(QUARTER.toMillis());
    }

    @Test
    void t2_meetsAChatThatIsAnsweredInTime() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        Instant answeredAt = MORNING.plusSeconds(90);

        desk.read(Topics.CHATS, new ChatAnswered("c-1", answeredAt, "agent-1"));
        desk.advance(Duration.ofDays(2));

        List<SpecificRecord> said = said();
        assertThat(said).hasExactlyElementsOfTypes(ResponseDueChanged.class, ResponseMet.class);
        ResponseMet met = (ResponseMet) said.getLast();
        assertThat(met.getOpenMillisUsed()).isEqualTo(90_000);
        assertThat(met.getAgentId()).isEqualTo("agent-1");
    }

    @Test
    void t3_breachesACallAfterFiveMinutes() {
        desk.read(Topics.CALLBACKS, callback("c-1", MORNING));

        desk.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(said()).noneMatch(ResponseBreached.class::isInstance);

        desk.advance(TICK);
        assertThat(said()).hasExactlyElementsOfTypes(ResponseBreached.class);
    }

    @Test
    void t1_breachesATicketAtTheSameTimeOnTheNextOpenDay() {
        desk.read(Topics.TICKETS, ticket("t-1", MORNING, false));

        desk.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(said()).noneMatch(ResponseBreached.class::isInstance);

        desk.advance(TICK);
        assertThat(said()).hasExactlyElementsOfTypes(ResponseBreached.class);
    }

    @Test
    void c6_letsTheClockStandWhileTheLineIsClosed() {
        Instant night = Instant.parse("2026-01-07T02:00:00Z");
        Instant opening = Instant.parse("2026-01-07T12:00:00Z");

        desk.read(Topics.CHATS, chat("c-1", night));

        assertThat(((ResponseDueChanged) said().getFirst()).getDue())
                .isEqualTo(opening.plus(QUARTER));
    }

    @Test
    void s2_neverBreachesATicketThatIsOutOfScope() {
        desk.read(Topics.TICKETS, ticket("t-1", MORNING, true));
        desk.advance(Duration.ofDays(10));

        assertThat(said()).isEmpty();
    }

    @Test
    void endsTheClockOfACustomerWhoLeaves() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));

        desk.read(Topics.CHATS, new ChatEnded("c-1", MORNING.plusSeconds(30), EndedBy.CUSTOMER));
        desk.advance(Duration.ofDays(1));

        assertThat(said()).hasExactlyElementsOfTypes(ResponseDueChanged.class);
    }

    @Test
    void countsForDashboardsWhatBecomesOfClocks() {
        desk.read(Topics.CHATS, chat("met", MORNING));
        desk.read(Topics.CHATS, chat("left", MORNING));
        desk.read(Topics.CHATS, chat("late", MORNING));
        desk.advance(TICK);
        assertThat(gauge(ClockMetrics.OPEN)).isEqualTo(3);

        desk.read(Topics.CHATS, new ChatAnswered("met", MORNING.plusSeconds(9), "agent-1"));
        desk.read(Topics.CHATS, new ChatEnded("left", MORNING.plusSeconds(9), EndedBy.CUSTOMER));
        desk.advance(QUARTER);
        desk.advance(TICK);

        assertThat(gauge(ClockMetrics.OPEN)).isZero();
        assertThat(counter(ClockMetrics.MET)).isOne();
        assertThat(counter(ClockMetrics.WITHDRAWN)).isOne();
        assertThat(counter(ClockMetrics.DUE_SOON)).isOne();
        assertThat(counter(ClockMetrics.BREACHED)).isOne();
        assertThat(
                        meters.get(ClockMetrics.SERVICE_LEVEL)
                                .tags("channel", "CHAT", "language", "es", "level", "standard")
                                .gauge()
                                .value())
                .isEqualTo(0.5);
    }

    private double gauge(String name) {
        return meters.get(name).tags("channel", "CHAT", "language", "es").gauge().value();
    }

    private double counter(String name) {
        return meters.get(name)
                .tags("channel", "CHAT", "language", "es", "level", "standard")
                .counter()
                .count();
    }

    @Test
    void judgesAnAnswerByWhenItWasGivenNotByWhenItIsRead() {
        desk.read(Topics.CHATS, chat("in time", MORNING));
        desk.read(Topics.CHATS, chat("too late", MORNING));
        said();

        desk.read(
                Topics.CHATS,
                new ChatAnswered("in time", MORNING.plus(QUARTER).minusMillis(1), "agent-1"));
        desk.read(Topics.CHATS, new ChatAnswered("too late", MORNING.plus(QUARTER), "agent-1"));
        desk.advance(QUARTER);

        assertThat(said())
                .hasExactlyElementsOfTypes(
                        ResponseDueSoon.class,
                        ResponseMet.class,
                        ResponseDueSoon.class,
                        ResponseBreached.class);
    }

    @Test
    void saysEachThingOnceHoweverOftenEventsAreRepeated() {
        ChatAnswered answered = new ChatAnswered("c-1", MORNING.plusSeconds(5), "agent-1");
        CallAnswered late = new CallAnswered("c-2", MORNING.plusSeconds(900), "agent-1");
        for (int i = 0; i < 3; i++) {
            desk.read(Topics.CHATS, chat("c-1", MORNING));
            desk.read(Topics.CHATS, answered);
            desk.read(Topics.CALLBACKS, callback("c-2", MORNING));
            desk.read(Topics.CALLBACKS, late);
            desk.advance(Duration.ofHours(1));
        }

        assertThat(said())
                .hasExactlyElementsOfTypes(
                        ResponseDueChanged.class,
                        ResponseMet.class,
                        ResponseDueChanged.class,
                        ResponseDueSoon.class,
                        ResponseBreached.class);
    }

    @Test
    void keepsAnAnswerThatIsReadBeforeItsContact() {
        desk.read(Topics.TICKETS, new TicketAnswered("t-1", MORNING.plusSeconds(60), "agent-1"));
        desk.read(Topics.TICKETS, ticket("t-1", MORNING, false));
        desk.advance(Duration.ofDays(3));

        assertThat(said()).hasExactlyElementsOfTypes(ResponseDueChanged.class, ResponseMet.class);
    }

    @Test
    void countsAnAnswerThatIsReadAfterTheEndItCameBefore() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        desk.read(Topics.CHATS, new ChatEnded("c-1", MORNING.plusSeconds(60), EndedBy.CUSTOMER));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", MORNING.plusSeconds(10), "agent-1"));
        desk.read(Topics.CHATS, new ChatEnded("c-2", MORNING.plusSeconds(60), EndedBy.CUSTOMER));
        desk.read(Topics.CHATS, new ChatAnswered("c-2", MORNING.plusSeconds(10), "agent-1"));
        desk.read(Topics.CHATS, chat("c-2", MORNING));

        assertThat(said())
                .hasExactlyElementsOfTypes(
                        ResponseDueChanged.class,
                        ResponseMet.class,
                        ResponseDueChanged.class,
                        ResponseMet.class);
    }

    @Test
    void leavesABreachToTheTimerWhichKnowsOfAnAnswerRecordedBehindTheEnd() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        desk.knowOnlyUntil(MORNING);
        desk.advance(QUARTER.plusMinutes(1));

        desk.read(Topics.CHATS, new ChatEnded("c-1", desk.now(), EndedBy.AGENT));
        desk.read(Topics.CHATS, new ChatAnswered("c-1", MORNING.plusSeconds(9), "agent-1"));
        desk.knowOnlyUntil(Instant.MAX);
        desk.advance(Duration.ofDays(1));

        assertThat(said())
                .hasExactlyElementsOfTypes(
                        ResponseDueChanged.class, ResponseDueSoon.class, ResponseMet.class);
    }

    @Test
    void stampsABreachWithTheInstantThatPassed() {
        desk.read(Topics.CHATS, chat("c-1", MORNING));
        said();

        desk.advance(Duration.ofHours(2));
        desk.advance(TICK);

        assertThat(desk.records(Topics.SLA).getLast().getRecordTime())
                .isEqualTo(MORNING.plus(QUARTER));
    }

    private List<SpecificRecord> said() {
        return desk.written(Topics.SLA);
    }

    private static Customer customer() {
        return Customer.newBuilder().setCustomerId("customer-1").setPlan(Plan.BASIC).build();
    }

    private static ChatStarted chat(String id, Instant at) {
        return ChatStarted.newBuilder()
                .setContactId(id)
                .setStartedAt(at)
                .setCustomer(customer())
                .setLanguage("es")
                .build();
    }

    private static CallbackRequested callback(String id, Instant at) {
        return CallbackRequested.newBuilder()
                .setContactId(id)
                .setRequestedAt(at)
                .setCustomer(customer())
                .setPhoneNumber("+34911234567")
                .setLanguage("es")
                .build();
    }

    private static TicketCreated ticket(String id, Instant at, boolean outOfScope) {
        return TicketCreated.newBuilder()
                .setContactId(id)
                .setCreatedAt(at)
                .setCustomer(customer())
                .setLanguage("es")
                .setDescription("No puedo publicar mi sitio.")
                .setOutOfScope(outOfScope)
                .build();
    }
}
