package guichet.sla.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.chassis.Announcements.Board;
import guichet.chassis.Announcements.Notice;
import guichet.chassis.NewContact;
import guichet.events.ChatStarted;
import guichet.events.Customer;
import guichet.events.ResponseDueChanged;
import guichet.events.ResponseMet;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Line;
import guichet.policy.Plan;
import guichet.policy.SupportPolicy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class PolicyHistoryTest {

    /** Wednesday 10:00 in São Paulo: the Spanish lines are open until 12:00. */
    private static final Instant MORNING = Instant.parse("2026-01-07T13:00:00Z");

    private static final Line CHAT = new Line(Language.ES, Plan.BASIC, Channel.CHAT);

    private final SupportPolicy policy = SupportPolicy.load("support-page");
    private final Map<String, Notice> notices = new HashMap<>();
    private int layouts;

    @Test
    void notesAChangeOnce() {
        PolicyHistory history = history(List.of());
        notices.put("drill", notice(MORNING, minute(10), minute(40)));
        Board board = board();

        assertThat(history.heed(board, minute(1))).hasSize(2);
        assertThat(history.heed(board, minute(2))).isEmpty();
        assertThat(history.heed(board(), minute(3))).isEmpty();
    }

    @Test
    void goesOnFromWhatWasKept() {
        PolicyHistory first = history(List.of());
        notices.put("drill", notice(MORNING, minute(10), minute(40)));
        List<PolicyChange> kept = first.heed(board(), minute(1));

        PolicyHistory second = history(kept);

        assertThat(second.heed(board(), minute(60))).isEmpty();
        assertThat(second.newest()).isEqualTo(1);
        assertThat(openAt(second, minute(20))).isFalse();
    }

    @Test
    void holdsANoticeOfTheFutureFromNowOn() {
        PolicyHistory history = history(List.of());
        notices.put("drill", notice(MORNING.plus(Duration.ofDays(9000)), minute(10), minute(40)));

        history.heed(board(), minute(1));

        assertThat(history.version(1).since()).isEqualTo(minute(1));
    }

    @Test
    void holdsAClosureAtOnceThoughAClockThatWasAheadHadNotedAChange() {
        PolicyHistory history = history(List.of());
        List<PolicyChange> kept = new ArrayList<>(history.heed(board(), MORNING));
        notices.put("ahead", notice("ahead", minute(360), minute(400), minute(410)));
        history.heed(board(), minute(361));
        notices.put("now", notice("now", minute(5), minute(6), minute(66)));

        kept.addAll(history.heed(board(), minute(5)));

        assertThat(kept).extracting(PolicyChange::getNumber).containsExactly(0L, 1L, 2L);
        assertThat(kept)
                .extracting(PolicyChange::getAt)
                .containsExactly(Instant.EPOCH, minute(5), minute(5));
        assertThat(history.at(minute(6)).policy().hours(CHAT).isOpen(minute(7))).isFalse();
        assertThat(new ResponseClocks(history).retime("c-1", running(minute(15))).clock().getDue())
                .isEqualTo(minute(75));
        assertThat(history(kept).at(minute(6)).number()).isEqualTo(2);
    }

    @Test
    void leavesChangesAsTheyAreThatNoClockAheadHasNoted() {
        PolicyHistory history = history(List.of());
        notices.put("first", notice("first", minute(1), minute(10), minute(20)));
        history.heed(board(), minute(2));
        notices.put("second", notice("second", minute(3), minute(30), minute(40)));

        assertThat(history.heed(board(), minute(4)))
                .extracting(PolicyChange::getNumber)
                .containsExactly(2L);
        assertThat(history.version(1).since()).isEqualTo(minute(1));
    }

    @Test
    void countsNoMoreAsPassedOfAClosureThanHasOnceTheClockIsPutRight() {
        PolicyHistory history = history(List.of());
        notices.put("drill", notice(MORNING, minute(0), minute(600)));
        history.heed(board(), minute(1));
        notices.clear();
        history.heed(board(), minute(361));
        assertThat(openAt(history, minute(30))).isFalse();
        notices.put("other", notice("other", minute(20), minute(50), minute(60)));

        history.heed(board(), minute(20));

        assertThat(openAt(history, minute(10))).isFalse();
        assertThat(openAt(history, minute(30))).isTrue();
        assertThat(openAt(history, minute(55))).isFalse();
    }

    @Test
    void laysNothingOutForAClosureThatBeginsLongAfterDue() {
        PolicyHistory history = history(List.of());
        notices.put("far", notice("far", MORNING, minute(9_000), minute(9_060)));
        history.heed(board(), minute(1));
        notices.clear();
        history.heed(board(), minute(2));

        ResponseClocks.Step step = new ResponseClocks(history).retime("c-1", running(minute(15)));

        assertThat(step.says()).isEmpty();
        assertThat(step.clock().getHeeds()).isEqualTo(2);
        assertThat(layouts).isZero();
    }

    @Test
    void movesADueWhereAClosureComesNearOrGoesFarAway() {
        PolicyHistory history = history(List.of());
        notices.put("drill", notice(MORNING, minute(9_000), minute(9_060)));
        history.heed(board(), MORNING);
        notices.put("drill", notice(minute(1), minute(5), minute(35)));
        history.heed(board(), minute(1));
        notices.put("drill", notice(minute(2), minute(9_000), minute(9_060)));
        history.heed(board(), minute(2));

        assertThat(new ResponseClocks(history).retime("c-1", running(minute(15))).says())
                .extracting(said -> ((ResponseDueChanged) said.event()).getDue())
                .containsExactly(minute(45), minute(15));
    }

    @Test
    void movesADueBackWhereAClosureIsAnnouncedAnewForOtherLines() {
        PolicyHistory history = history(List.of());
        notices.put("drill", notice(MORNING, minute(5), minute(35)));
        history.heed(board(), MORNING);
        AnnouncedClosure ofPhones =
                new AnnouncedClosure(
                        "drill", minute(5), minute(35), Set.of(Channel.PHONE), Set.of(), "a drill");
        notices.put("drill", new Notice(ofPhones, minute(1), Optional.empty()));
        history.heed(board(), minute(1));

        assertThat(new ResponseClocks(history).retime("c-1", running(minute(15))).says())
                .extracting(said -> ((ResponseDueChanged) said.event()).getDue())
                .containsExactly(minute(45), minute(15));
    }

    @Test
    void keepsWhatHasPassedOfAClosureThatIsAnnouncedAnew() {
        PolicyHistory history = history(List.of());
        notices.put("drill", notice(MORNING, minute(0), minute(60)));
        history.heed(board(), minute(1));
        notices.put("drill", notice(minute(20), minute(30), minute(50)));

        history.heed(board(), minute(21));

        assertThat(openAt(history, minute(10))).isFalse();
        assertThat(openAt(history, minute(25))).isTrue();
        assertThat(openAt(history, minute(40))).isFalse();
        assertThat(openAt(history, minute(55))).isTrue();
    }

    @Test
    void takesAClosureThatIsGoneFromTheTopicAsCalledOff() {
        PolicyHistory history = history(List.of());
        notices.put("drill", notice(MORNING, minute(0), minute(60)));
        history.heed(board(), minute(1));
        notices.clear();

        history.heed(board(), minute(20));

        assertThat(openAt(history, minute(10))).isFalse();
        assertThat(openAt(history, minute(30))).isTrue();
    }

    @Test
    void doesNotTakeAClosureAsCalledOffThatCannotBeReadOrHasNotBeenReadYet() {
        PolicyHistory history = history(List.of());
        notices.put("drill", notice(MORNING, minute(0), minute(60)));
        history.heed(board(), minute(1));

        history.heed(Board.UNREAD, minute(20));
        history.heed(new Board(true, Map.of(), Set.of("drill")), minute(20));

        assertThat(openAt(history, minute(30))).isFalse();
    }

    @Test
    void notesWhatWasSaidDuringADowntimeInTheOrderInWhichItWasSaid() {
        PolicyHistory history = history(List.of());
        history.heed(board(), MORNING);
        notices.put("a", calledOff(notice("a", minute(5), minute(5), minute(65)), minute(35)));
        notices.put("b", notice("b", minute(20), minute(300), minute(310)));

        assertThat(history.heed(board(), minute(40)))
                .extracting(PolicyChange::getAt)
                .containsExactly(minute(5), minute(20), minute(35));

        ResponseClocks.Step step =
                new ResponseClocks(history).reached("c-1", running(minute(15)), minute(40));
        assertThat(step.clock().getState()).isEqualTo(ClockState.RUNNING);
        assertThat(step.clock().getDue()).isEqualTo(minute(45));
    }

    @Test
    void notesThatAClosureWasAnnouncedAgainAndCalledOffAgainDuringADowntime() {
        List<PolicyChange> kept = new ArrayList<>();
        PolicyHistory before = history(List.of());
        notices.put("drill", calledOff(notice(minute(1), minute(2), minute(60)), minute(3)));
        kept.addAll(before.heed(board(), minute(4)));
        PolicyHistory history = history(kept);
        notices.put("drill", calledOff(notice(minute(10), minute(10), minute(70)), minute(30)));

        history.heed(board(), minute(40));

        assertThat(history.version(history.newest()).since()).isEqualTo(minute(30));
        assertThat(openAt(history, minute(5))).isTrue();
        assertThat(openAt(history, minute(20))).isFalse();
        assertThat(openAt(history, minute(35))).isTrue();
        assertThat(history.heed(board(), minute(41))).isEmpty();
    }

    @Test
    void notesNothingTwiceThatWasToldByAClockThatIsAhead() {
        PolicyHistory history = history(List.of());
        notices.put("drill", calledOff(notice(minute(10), minute(0), minute(60)), minute(11)));
        history.heed(board(), minute(5));

        notices.put("other", notice("other", minute(6), minute(50), minute(60)));

        assertThat(history.heed(board(), minute(7)))
                .extracting(PolicyChange::getClosureId)
                .containsExactly("other");
    }

    @Test
    void putsWhatWasAnnouncedDuringADowntimeBeforeTheNewFile() {
        PolicyHistory history = history(List.of(keptUnderAnotherFile()));
        notices.put("drill", notice(minute(5), minute(10), minute(40)));

        history.heed(board(), minute(120));

        assertThat(history.version(1).since()).isEqualTo(minute(5));
        assertThat(history.version(1).ofThisFile()).isFalse();
        assertThat(history.version(2).since()).isEqualTo(minute(120));
        assertThat(history.version(2).ofThisFile()).isTrue();
    }

    @Test
    void aStricterFileMovesADueToItsOwnBeginningAtTheEarliest() {
        PolicyHistory history = history(List.of(keptUnderAnotherFile()));
        notices.put("other", notice(minute(30), minute(200), minute(210)));
        history.heed(board(), minute(60));
        ResponseClock generous = running(minute(480));

        ResponseClocks.Step step = new ResponseClocks(history).retime("c-1", generous);

        assertThat(step.says())
                .singleElement()
                .extracting(ResponseClocks.Said::event)
                .isInstanceOfSatisfying(
                        ResponseDueChanged.class,
                        changed -> {
                            assertThat(changed.getDue()).isEqualTo(minute(60));
                            assertThat(changed.getOpenMillis()).isEqualTo(counted(changed));
                            assertThat(changed.getReasons())
                                    .startsWith("the policy is now " + policy.version());
                        });
    }

    @Test
    void aStricterFileBreachesNoContactBeforeItHeldThatIsReadOnlyThen() {
        PolicyHistory history = history(List.of(keptUnderAnotherFile()));
        history.heed(board(), minute(200));
        ResponseClocks clocks = new ResponseClocks(history);

        ResponseClocks.Step started = clocks.start(chat());

        ResponseDueChanged changed = (ResponseDueChanged) started.says().getFirst().event();
        assertThat(changed.getDue()).isEqualTo(minute(200));
        assertThat(changed.getOpenMillis()).isEqualTo(counted(changed));
        assertThat(clocks.answer("c-1", started.clock(), minute(30), "agent-1").says())
                .extracting(ResponseClocks.Said::event)
                .hasExactlyElementsOfTypes(ResponseMet.class);
    }

    @Test
    void aClosureOfAnEarlierFileStillGivesTime() {
        PolicyHistory history = history(List.of(keptUnderAnotherFile()));
        notices.put("drill", notice(minute(5), minute(6), minute(66)));
        history.heed(board(), minute(200));

        ResponseClocks.Step step =
                new ResponseClocks(history).reached("c-1", running(minute(15)), minute(30));

        assertThat(step.clock().getState()).isEqualTo(ClockState.RUNNING);
        assertThat(step.clock().getDue()).isEqualTo(minute(75));
    }

    private ResponseClock running(Instant due) {
        return ResponseClock.newBuilder()
                .setState(ClockState.RUNNING)
                .setChannel("CHAT")
                .setLanguage("es")
                .setPlan("BASIC")
                .setStartedAt(MORNING)
                .setDueSoon(due.minusSeconds(60))
                .setDue(due)
                .setPolicyVersion("another")
                .build();
    }

    private static NewContact chat() {
        return NewContact.of(
                        ChatStarted.newBuilder()
                                .setContactId("c-1")
                                .setStartedAt(MORNING)
                                .setCustomer(Customer.newBuilder().setCustomerId("cust-1").build())
                                .setLanguage("es")
                                .build())
                .orElseThrow();
    }

    private static long counted(ResponseDueChanged changed) {
        return changed.getCounted().stream()
                .mapToLong(span -> Duration.between(span.getFrom(), span.getTo()).toMillis())
                .sum();
    }

    private static PolicyChange keptUnderAnotherFile() {
        return PolicyChange.newBuilder()
                .setNumber(0)
                .setAt(Instant.EPOCH)
                .setPolicyVersion("another")
                .build();
    }

    private boolean openAt(PolicyHistory history, Instant at) {
        return history.version(history.newest()).policy().hours(CHAT).isOpen(at);
    }

    private Board board() {
        return new Board(true, notices, Set.of());
    }

    private PolicyHistory history(List<PolicyChange> kept) {
        return new PolicyHistory(policy, kept, () -> layouts++);
    }

    private static Notice notice(Instant announcedAt, Instant from, Instant to) {
        return notice("drill", announcedAt, from, to);
    }

    private static Notice notice(String id, Instant announcedAt, Instant from, Instant to) {
        return new Notice(
                new AnnouncedClosure(id, from, to, Set.of(Channel.CHAT), Set.of(), "a drill"),
                announcedAt,
                Optional.empty());
    }

    private static Notice calledOff(Notice standing, Instant at) {
        return new Notice(standing.closure(), standing.announcedAt(), Optional.of(at));
    }

    private static Instant minute(int minute) {
        return MORNING.plus(Duration.ofMinutes(minute));
    }
}
