package guichet.deadlines;

import static guichet.deadlines.DeadlinesDriver.START;
import static guichet.deadlines.DeadlinesDriver.TICK;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

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
        desk.whenReached(deadline -> desk.cancel("c-1", "forget"));

        desk.advance(Duration.ofMinutes(1));

        assertThat(desk.reached()).extracting(Deadline::kind).containsExactly("due");
    }

    @Test
    void firesWhatAReachedDeadlineSchedulesBeforeItself() {
        desk.schedule("c-1", "due", SOON);
        desk.schedule("c-2", "due", SOON.plusMillis(1));
        desk.whenReached(
                deadline -> {
                    if (deadline.owner().equals("c-1")) {
                        desk.schedule("c-1", "again", SOON.minusSeconds(1));
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
