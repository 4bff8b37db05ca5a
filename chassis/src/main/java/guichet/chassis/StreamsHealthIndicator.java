package guichet.chassis;

import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import java.util.function.Supplier;

/** Up while tasks run, out of service while they start or move, down when they cannot run again. */
final class StreamsHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<@Nullable KafkaStreams> streams;

    StreamsHealthIndicator(Supplier<@Nullable KafkaStreams> streams) {
        this.streams = streams;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        KafkaStreams running = streams.get();
        KafkaStreams.State state = running == null ? KafkaStreams.State.CREATED : running.state();
        health.status(status(state)).withDetail("state", state.name());
    }

    static Status status(KafkaStreams.State state) {
        return switch (state) {
            case RUNNING -> Status.UP;
            case CREATED, REBALANCING -> Status.OUT_OF_SERVICE;
            case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> Status.DOWN;
        };
    }
}
