package guichet.routing.matching;

import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Supplier;

/** Which other copy of the service runs the engine, as Kafka Streams knows it. */
final class EngineWhereabouts implements Supplier<Optional<String>> {

    private final Supplier<@Nullable KafkaStreams> streams;
    private final String thisCopy;

    /**
     * @param thisCopy its own address, {@code host:port}, as Kafka Streams tells it to the others
     */
    EngineWhereabouts(Supplier<@Nullable KafkaStreams> streams, String thisCopy) {
        this.streams = streams;
        this.thisCopy = thisCopy;
    }

    /** Empty where that is not known, or is said to be this one. */
    @Override
    public Optional<String> get() {
        KafkaStreams running = streams.get();
        if (running == null || !running.state().isRunningOrRebalancing()) {
            return Optional.empty();
        }
        KeyQueryMetadata owner =
                running.queryMetadataForKey(MatchingTask.CONTACTS, "", new StringSerializer());
        if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            return Optional.empty();
        }
        HostInfo host = owner.activeHost();
        return Optional.of(host.host() + ":" + host.port())
                .filter(address -> !address.equals(thisCopy));
    }
}
