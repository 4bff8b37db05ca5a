package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class StreamsHealthIndicatorTest {

    @Test
    void isOutOfServiceWhileTasksStartOrMove() {
        assertThat(StreamsHealthIndicator.status(State.CREATED)).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(StreamsHealthIndicator.status(State.REBALANCING))
                .isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void isUpOnlyWhileTasksRun() {
        assertThat(State.values())
                .filteredOn(state -> StreamsHealthIndicator.status(state).equals(Status.UP))
                .containsExactly(State.RUNNING);
    }

    @Test
    void isDownWhenTasksCannotRunAgain() {
        assertThat(StreamsHealthIndicator.status(State.ERROR)).isEqualTo(Status.DOWN);
        assertThat(StreamsHealthIndicator.status(State.NOT_RUNNING)).isEqualTo(Status.DOWN);
    }
}
