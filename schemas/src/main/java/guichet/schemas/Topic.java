package guichet.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One topic of the catalogue.
 *
 * @param name its name on the broker
 * @param key what its records are keyed by
 * @param events the record types it carries; the first field of each is the key
 * @param keeping how long records stay
 * @param writers who writes to it
 * @param readers who reads it; nobody but these and those may ({@link Access})
 */
public record Topic(
        String name,
        Key key,
        List<Class<? extends SpecificRecord>> events,
        Keeping keeping,
        Set<Principal> writers,
        Set<Principal> readers) {

    /** The broker's own, if nothing is said. */
    private static final Duration LONGEST_SEGMENT = Duration.ofDays(7);

    /** What a topic's records are keyed by. */
    public enum Key {
        CONTACT,
        /** The contact, all in one partition: the desk's matching engine takes them in turn. */
        CONTACT_IN_TURN,
        /** The agent, all in one partition, for the same reason. */
        AGENT,
        CLOSURE,
        ERASURE,
        /** The key of the record that could not be read, byte for byte. */
        SOURCE
    }

    /** How long records stay on a topic. */
    public sealed interface Keeping {

        /** Records go when they are older than this, a thirtieth of it later at the most. */
        record For(Duration time) implements Keeping {}

        /** The newest record of each key stays. */
        record NewestOfEachKey() implements Keeping {}
    }

    /**
     * This topic as the broker should create it.
     *
     * @param deskPartitions partitions of every topic that is keyed by contact; fixed for life, as
     *     timers and queues are kept by partition
     * @param replication copies of each partition; -1 for what the broker does by default
     */
    NewTopic asNewTopic(int deskPartitions, short replication) {
        Map<String, String> config = new HashMap<>(config());
        // What is acknowledged must outlive the loss of a broker. Where the broker says how many
        // copies there are, it says as well how many must be in sync.
        if (replication > 0) {
            config.put(
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    Integer.toString(Math.max(1, replication - 1)));
        }
        // A channel's event may be stamped up to the broker's hour ahead, and its contents a little
        // more (Contract); what the services say of it must be taken all the same.
        config.put(
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                Long.toString(
                        Duration.ofHours(Topics.CHANNEL_TOPICS.contains(this) ? 1 : 2).toMillis()));
        return new NewTopic(name, partitions(deskPartitions), replication).configs(config);
    }

    int partitions(int deskPartitions) {
        return switch (key) {
            case CONTACT, SOURCE -> deskPartitions;
            case CONTACT_IN_TURN, AGENT, CLOSURE, ERASURE -> 1;
        };
    }

    private Map<String, String> config() {
        return switch (keeping) {
            case Keeping.For(Duration time) ->
                    Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG,
                            TopicConfig.CLEANUP_POLICY_DELETE,
                            TopicConfig.RETENTION_MS_CONFIG,
                            Long.toString(time.toMillis()),
                            // A record goes with the newest of its segment.
                            TopicConfig.SEGMENT_MS_CONFIG,
                            Long.toString(
                                    Math.min(
                                            LONGEST_SEGMENT.toMillis(),
                                            time.dividedBy(30).toMillis())));
            case Keeping.NewestOfEachKey() ->
                    Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        };
    }
}
