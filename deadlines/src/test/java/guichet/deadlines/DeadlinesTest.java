package guichet.deadlines;

import static guichet.deadlines.DeadlinesDriver.START;
import static guichet.deadlines.DeadlinesDriver.TICK;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;

import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class DeadlinesTest {

    private static final Instant SOON = START.plusSeconds(5);

    private final DeadlinesDriver desk = new DeadlinesDriver(3);

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void reachesADeadlineAtTheFirstTickFromItsInstantOn() {
        desk.schedule("c-1", "due", SOON);

        desk.advance(Duration.ofMillis(4_999));
        assertThat(desk.reached()).isEmpty();

        desk.advance(TICK);
        assertThat(desk.reached()).containsExactly(new Deadline("c-1", "due", SOON));
    }

    @Test
    void reachesADeadlineOnce() {
        desk.schedule("c-1", "due", SOON);

        desk.advance(Duration.ofMinutes(1));
        desk.advance(Duration.ofMinutes(1));

        assertThat(desk.reached()).hasSize(1);
    }

    @Test
    void knowsADeadlineFromWhenItIsScheduledUntilItIsReachedOrTakenBack() {
        List<Boolean> known = new ArrayList<>();
        desk.schedule("c-1", "due", SOON);
        desk.schedule("c-2", "due", SOON);
        desk.cancel("c-2", "due");
        desk.whenReached(
                (timers, deadline) -> known.add(timers.isScheduled(deadline.owner(), "due")));

        desk.run(
                timers -> {
                    known.add(timers.isScheduled("c-1", "due"));
                    known.add(timers.isScheduled("c-1", "other"));
                    known.add(timers.isScheduled("c-2", "due"));
                });
        desk.advance(Duration.ofMinutes(1));

        assertThat(desk.reached()).hasSize(1);
        assertThat(known).containsExactly(true, false, false, false);
    }

    @Test
    void movesADeadlineThatIsScheduledAgain() {
        desk.schedule("c-1", "due", SOON);
        desk.schedule("c-1", "due", SOON.plusSeconds(60));

        desk.advance(Duration.ofSeconds(30));
        assertThat(desk.reached()).isEmpty();

        desk.advance(Duration.ofMinutes(1));
        assertThat(desk.reached())
                .containsExactly(new Deadline("c-1", "due", SOON.plusSeconds(60)));
    }

    @Test
    void forgetsADeadlineThatIsCancelledAndLeavesTheOwnersOthers() {
        desk.schedule("c-1", "due", SOON);
        desk.schedule("c-1", "soon", SOON);

        desk.cancel("c-1", "due");
        desk.advance(Duration.ofMinutes(1));

        assertThat(desk.reached()).extracting(Deadline::kind).containsExactly("soon");
    }

    @Test
    void firesAtTheNextTickWhatIsScheduledForThePast() {
        desk.advance(Duration.ofMinutes(10));
        desk.schedule("late", "due", SOON);
        desk.schedule("long ago", "due", Instant.parse("1969-07-20T20:17:40Z"));

        desk.advance(TICK);

        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("long ago", "late");
    }

    @Test
    void firesInOrderOfDueAndNoMoreThanABatchATick() {
        for (int i = 5; i > 0; i--) {
            desk.schedule("c-" + i, "due", SOON.plusMillis(i));
        }

        desk.advance(Duration.ofSeconds(5).plus(TICK));
        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("c-1", "c-2", "c-3");

        desk.advance(TICK);
        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("c-4", "c-5");
    }

    @Test
    void doesNotFireWhatAnEarlierDeadlineOfTheSameTickHasCancelled() {
        desk.schedule("c-1", "due", SOON);
        desk.schedule("c-1", "forget", SOON.plusMillis(1));
        desk.whenReached((timers, deadline) -> timers.cancel("c-1", "forget"));

        desk.advance(Duration.ofMinutes(1));

        assertThat(desk.reached()).extracting(Deadline::kind).containsExactly("due");
    }

    @Test
    void firesWhatAReachedDeadlineSchedulesBeforeItself() {
        desk.schedule("c-1", "due", SOON);
        desk.schedule("c-2", "due", SOON.plusMillis(1));
        desk.whenReached(
                (timers, deadline) -> {
                    if (deadline.owner().equals("c-1")) {
                        timers.schedule("c-1", "again", SOON.minusSeconds(1));
                    }
                });

        desk.advance(Duration.ofMinutes(1));
        desk.advance(TICK);

        assertThat(desk.reached())
                .extracting(Deadline::kind)
                .containsExactly("due", "due", "again");
    }

    @Test
    void waitsUntilAllThatWasRecordedBeforeTheDeadlineHasBeenRead() {
        desk.schedule("c-1", "due", SOON);
        desk.knowOnlyUntil(SOON.minusMillis(1));

        desk.advance(Duration.ofMinutes(10));
        assertThat(desk.reached()).isEmpty();

        desk.knowOnlyUntil(SOON);
        desk.advance(TICK);
        assertThat(desk.reached()).hasSize(1);
    }

    @Test
    void doesNotFireWhatAnEarlierDeadlineOfTheSameTickHasMoved() {
        desk.schedule("c-1", "due", SOON);
        desk.schedule("c-2", "due", SOON.plusMillis(1));
        Instant later = SOON.plusSeconds(120);
        desk.whenReached((timers, deadline) -> timers.schedule("c-2", "due", later));

        desk.advance(Duration.ofMinutes(1));

        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("c-1");
    }

    @Test
    void keepsWhatAReachedDeadlineSchedulesInItsOwnPlace() {
        desk.schedule("c-1", "due", SOON);
        desk.schedule("c-2", "due", SOON);
        Instant later = SOON.plusSeconds(120);
        desk.whenReached(
                (timers, deadline) -> {
                    timers.schedule("c-1", "due", later);
                    timers.schedule("c-2", "due", later.plusSeconds(1));
                });
        desk.advance(Duration.ofMinutes(1));
        desk.whenReached((timers, deadline) -> {});
        desk.reached();

        desk.advance(Duration.ofMinutes(3));

        assertThat(desk.reached())
                .containsExactly(
                        new Deadline("c-1", "due", later),
                        new Deadline("c-2", "due", later.plusSeconds(1)));
    }

    @Test
    void firesAgainWhatAReachedDeadlineSchedulesForTheSameInstant() {
        desk.schedule("c-1", "due", SOON);
        desk.whenReached((timers, deadline) -> timers.schedule("c-1", "due", SOON));
        desk.advance(Duration.ofMinutes(1));
        desk.reached();

        desk.advance(TICK);

        assertThat(desk.reached()).containsExactly(new Deadline("c-1", "due", SOON));
    }

    @Test
    void waitsForWhatWasRecordedBeforeADeadlineWasSetThatHadPassedAlready() {
        desk.advance(Duration.ofMinutes(10));
        Instant set = START.plus(Duration.ofMinutes(10));
        desk.knowOnlyUntil(set);
        desk.schedule("came late", "due", SOON);

        desk.advance(TICK);
        assertThat(desk.reached()).isEmpty();

        desk.knowOnlyUntil(set.plus(TICK));
        desk.advance(TICK);
        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("came late");
    }

    private void setLateBeforeTheClockIsPutBack() {
        desk.knowOnlyWhatWasAskedForBefore();
        desk.advance(Duration.ofHours(1));
        desk.schedule("late", "due", START);
        desk.commit();
        desk.crash(START.plusSeconds(10));
    }

    @Test
    void waitsForThePresentOnlyWhereALateDeadlineWasSetBeforeTheClockWasPutBack() {
        setLateBeforeTheClockIsPutBack();

        desk.advance(TICK);
        desk.advance(TICK);
        desk.advance(TICK);
        assertThat(desk.reached())
                .as("the present of the first look that found it is not known yet")
                .isEmpty();

        desk.advance(TICK);
        assertThat(desk.reached()).containsExactly(new Deadline("late", "due", START));
        desk.advance(Duration.ofHours(2));
        assertThat(desk.reached()).isEmpty();
    }

    @Test
    void remembersWhatALateDeadlineWaitsForWhenTheTaskMovesAfterTheClockWasPutBack() {
        setLateBeforeTheClockIsPutBack();
        desk.advance(TICK);
        desk.advance(TICK);
        desk.commit();
        desk.compact();

        desk.crash(START.plusSeconds(11));
        desk.advance(TICK);
        desk.advance(TICK);

        assertThat(desk.reached()).containsExactly(new Deadline("late", "due", START));
    }

    @Test
    void stampsNoMoreThanItLooksAtInATickAndEachOnce() {
        desk.knowOnlyWhatWasAskedForBefore();
        desk.advance(Duration.ofHours(1));
        int many = 3 * Deadlines.LOOKS_A_DEADLINE + 2;
        for (int i = 0; i < many; i++) {
            desk.schedule("late-" + i, "due", START);
        }
        desk.commit();
        int logged = desk.logged();
        desk.crash(START.plusSeconds(10));

        desk.advance(TICK);
        desk.advance(TICK);
        desk.commit();
        assertThat(desk.logged() - logged).isEqualTo(3 * Deadlines.LOOKS_A_DEADLINE);
        desk.advance(TICK);
        desk.commit();
        assertThat(desk.logged() - logged).isEqualTo(3 * Deadlines.LOOKS_A_DEADLINE);

        IntStream.range(0, many).forEach(tick -> desk.advance(TICK));
        assertThat(desk.reached()).hasSize(many);
    }

    @Test
    void isNotHeldUpByADeadlineThatWaits() {
        desk.schedule("c-1", "due", SOON);
        desk.advance(Duration.ofSeconds(4));
        desk.schedule("came late", "due", START);
        desk.knowOnlyUntil(START.plusSeconds(4));
        desk.advance(TICK);
        assertThat(desk.reached()).isEmpty();

        desk.knowOnlyUntil(SOON);
        desk.advance(Duration.ofSeconds(1));
        desk.schedule("came later", "due", START);
        desk.advance(TICK);

        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("came late", "c-1");
    }

    @Test
    void firesOnceAndOnTheTruthWhenTheClockLeapsAnHourAhead() {
        desk.schedule("c-1", "due", START.plus(Duration.ofMinutes(30)));
        desk.knowOnlyUntil(START);

        desk.advance(Duration.ofHours(1));
        assertThat(desk.reached()).isEmpty();

        desk.knowOnlyUntil(START.plus(Duration.ofHours(1)));
        desk.advance(TICK);
        desk.advance(Duration.ofHours(1));
        assertThat(desk.reached()).hasSize(1);
    }

    @Test
    void firesNothingTwiceWhenTheClockIsPutBackAnHour() {
        desk.schedule("c-1", "due", START.plus(Duration.ofMinutes(30)));
        desk.advance(Duration.ofHours(1));
        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("c-1");
        desk.schedule("c-2", "due", START.plus(Duration.ofMinutes(90)));
        desk.commit();

        desk.crash(START);
        desk.schedule("c-3", "due", START.plus(Duration.ofMinutes(20)));
        desk.advance(Duration.ofHours(1));
        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("c-3");

        desk.advance(Duration.ofHours(1));
        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("c-2");
    }

    @Test
    void takesUpWhereItStoodWhenTheTaskIsOpenedAgain() {
        desk.schedule("c-1", "due", START.plus(Duration.ofMinutes(5)));
        desk.schedule("c-2", "due", START.plus(Duration.ofMinutes(6)));
        desk.cancel("c-2", "due");
        desk.advance(Duration.ofMinutes(10));
        desk.commit();

        desk.crash(START.plus(Duration.ofMinutes(10)));

        assertThat(desk.mark()).isGreaterThan(START.plus(Duration.ofMinutes(9)).toEpochMilli());
    }

    @Test
    void findsAfterACrashWhatWasScheduledBehindWhereItStood() {
        desk.advance(Duration.ofMinutes(10));
        desk.schedule("late", "due", SOON);
        desk.commit();

        desk.crash(START.plus(Duration.ofMinutes(10)));
        desk.advance(TICK);

        assertThat(desk.reached()).extracting(Deadline::owner).containsExactly("late");
    }

    @Test
    void callsTheOthersAtTheNextTickWhenACallFails() {
        try (DeadlinesDriver enduring =
                new DeadlinesDriver(
                        3,
                        Map.of(
                                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                                LogAndContinueProcessingExceptionHandler.class))) {
            enduring.schedule("c-1", "due", SOON);
            enduring.schedule("c-2", "due", SOON);
            enduring.whenReached(
                    (timers, deadline) -> {
                        if (deadline.owner().equals("c-1")) {
                            throw new IllegalStateException("broken");
                        }
                    });

            enduring.advance(Duration.ofMinutes(1));
            enduring.advance(TICK);

            assertThat(enduring.reached())
                    .extracting(Deadline::owner)
                    .containsExactly("c-1", "c-2");
        }
    }

    @Test
    void asksWhatIsKnownOnceASecondWhileNothingIsDue() {
        for (int tick = 0; tick < 30; tick++) {
            desk.advance(TICK);
        }

        assertThat(desk.asked()).isEqualTo(3);
    }

    @Test
    void tellsHowLateEachKindFired() {
        desk.schedule("c-1", "due", SOON.plusMillis(30));
        desk.schedule("c-1", "forget", START.plusSeconds(1));

        desk.advance(Duration.ofSeconds(5).plus(TICK));

        assertThat(lateness("due").count()).isEqualTo(1);
        assertThat(lateness("due").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(70);
        assertThat(lateness("forget").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(4_100);
    }

    private Timer lateness(String kind) {
        return desk.meters().get(DeadlineMeters.LATENESS).tag(DeadlineMeters.KIND, kind).timer();
    }

    @Test
    void firesNothingMoreOnceItIsClosed() {
        desk.schedule("c-1", "due", SOON);

        desk.closeDeadlines();
        desk.advance(Duration.ofMinutes(1));

        assertThat(desk.reached()).isEmpty();
    }

    @Test
    void keepsOwnersAndKindsApartWhateverCharactersTheyHold() {
        desk.schedule("a\u0000b", "c", SOON);
        desk.schedule("a", "b\u0000c", SOON);
        desk.schedule("", "", SOON);

        desk.cancel("a", "b\u0000c");
        desk.advance(Duration.ofMinutes(1));

        assertThat(desk.reached())
                .containsExactlyInAnyOrder(
                        new Deadline("", "", SOON), new Deadline("a\u0000b", "c", SOON));
    }
}
