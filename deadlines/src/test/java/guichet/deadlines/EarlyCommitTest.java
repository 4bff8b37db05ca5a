package guichet.deadlines;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class EarlyCommitTest {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final EarlyCommit commit = new EarlyCommit(context);
    private long now = 1_767_700_800_000L;

    @BeforeEach
    void nothingWasAskedForLately() {
        context.setCurrentSystemTimeMs(now);
        commit.want();
        pass(PAUSE);
        commit.askInTurn();
        pass(PAUSE);
        context.resetCommit();
    }

    @Test
    void asksAtOnceForWhatIsSaid() {
        commit.want();

        assertThat(context.committed()).isTrue();
    }

    @Test
    void asksForNothingWhereNothingIsSaid() {
        commit.askInTurn();

        assertThat(context.committed()).isFalse();
    }

    @Test
    void asksInTurnForWhatIsSaidRightAfterwards() {
        commit.want();
        context.resetCommit();
        pass(PAUSE.minusMillis(1));
        commit.want();
        assertThat(context.committed()).isFalse();

        pass(Duration.ofMillis(1));
        commit.askInTurn();

        assertThat(context.committed()).isTrue();
    }

    @Test
    void leavesTheTimeToRecordsAfterACommitThatTookLong() {
        commit.want();
        context.resetCommit();
        pass(PAUSE.multipliedBy(5));
        commit.want();
        assertThat(context.committed()).isFalse();

        pass(PAUSE);
        commit.askInTurn();

        assertThat(context.committed()).isTrue();
    }

    @Test
    void asksOnceForWhatSeveralTasksOfAThreadSay() {
        MockProcessorContext<Void, Void> other = new MockProcessorContext<>();
        other.setCurrentSystemTimeMs(now);

        commit.want();
        new EarlyCommit(other).want();

        assertThat(context.committed()).isTrue();
        assertThat(other.committed()).isFalse();
    }

    @Test
    void asksAgainWhenTheClockHasBeenPutBack() {
        commit.want();
        context.resetCommit();
        pass(Duration.ofHours(-1));

        commit.want();

        assertThat(context.committed()).isTrue();
    }

    private void pass(Duration time) {
        now += time.toMillis();
        context.setCurrentSystemTimeMs(now);
    }
}
