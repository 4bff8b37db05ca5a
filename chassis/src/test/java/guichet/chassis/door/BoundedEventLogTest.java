package guichet.chassis.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.schemas.Topic;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

class BoundedEventLogTest {

    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private final SlowLog slow = new SlowLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BoundedEventLog log = new BoundedEventLog(slow, 2, meters);

    @Test
    void givesTheLogNoMoreThanItMayHaveAtOnce() {
        write();
        write();

        assertThatThrownBy(write()::join).hasCauseInstanceOf(LogFull.class);
        assertThat(slow.asked).hasSize(2);
    }

    @Test
    void saysBeforehandThatThereIsNoRoom() {
        write();
        assertThatCode(log::requireRoom).doesNotThrowAnyException();
        write();

        assertThatThrownBy(log::requireRoom).isInstanceOf(LogFull.class);
    }

    @Test
    void hasRoomAgainForEachThatIsConfirmedOrFails() {
        write();
        write();

        slow.asked.removeFirst().complete(null);
        slow.asked.removeFirst().completeExceptionally(new LogUnavailable(new Exception()));

        assertThat(write()).isNotDone();
        assertThat(write()).isNotDone();
        assertThat(write()).isCompletedExceptionally();
    }

    @Test
    void hasRoomAgainForEachWhoseCallerWaitsNoLonger() {
        slow.impatient = true;

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(write()::join).hasCauseInstanceOf(LogUnavailable.class);
        }
    }

    @Test
    void whoFindsNoRoomToWaitForWhatIsOnItsWayIsNotToldThatNothingIsKept() {
        CompletableFuture<Void> outcome = log.retract(Topics.CLOSURES, "closure-1", NOW);
        assertThat(log.inTime(outcome)).isNotDone();
        assertThat(log.inTime(outcome)).isNotDone();

        assertThatThrownBy(log.inTime(outcome)::join).hasCauseInstanceOf(LogUnavailable.class);
    }

    @Test
    void tellsWithoutRoomWhatIsKnownAlready() {
        CompletableFuture<Void> outcome = log.retract(Topics.CLOSURES, "closure-1", NOW);
        write();
        write();
        slow.asked.getFirst().complete(null);

        assertThat(log.inTime(outcome)).isCompleted();
    }

    @Test
    void saysBeforehandThatTheLogIsAway() {
        slow.away = true;

        assertThatThrownBy(log::requireRoom).isInstanceOf(LogUnavailable.class);
    }

    @Test
    void throwsWhatIsTheMatterAtWhoeverWaits() {
        write();
        write();

        assertThatThrownBy(() -> log.retractAndWait(Topics.CLOSURES, "closure-1", NOW))
                .isInstanceOf(LogFull.class);
    }

    @Test
    void countsWhatIsOnItsWayAndWhatWasRefused() {
        write();
        write();
        write();

        assertThat(meters.get("guichet.door.in.flight").gauge().value()).isEqualTo(2);
        assertThat(meters.get("guichet.door.refused").counter().count()).isEqualTo(1);
    }

    /** What the caller is told. */
    private CompletableFuture<Void> write() {
        return log.inTime(log.retract(Topics.CLOSURES, "closure-1", NOW));
    }

    /** Confirms when it is told to. */
    private static final class SlowLog implements EventLog {

        private final Deque<CompletableFuture<Void>> asked = new ArrayDeque<>();
        private boolean away;
        private boolean impatient;

        @Override
        public CompletableFuture<Void> append(Topic topic, SpecificRecord event, Instant at) {
            return ask();
        }

        @Override
        public CompletableFuture<Void> insist(Topic topic, SpecificRecord event, Instant at) {
            return ask();
        }

        @Override
        public CompletableFuture<Void> retract(Topic topic, String key, Instant at) {
            return ask();
        }

        @Override
        public <T> CompletableFuture<T> inTime(CompletableFuture<T> outcome) {
            return impatient ? CompletableFuture.failedFuture(new LogUnavailable(null)) : outcome;
        }

        @Override
        public void requireRoom() {
            if (away) {
                throw new LogUnavailable(null);
            }
        }

        private CompletableFuture<Void> ask() {
            asked.add(new CompletableFuture<>());
            return asked.getLast();
        }
    }
}
