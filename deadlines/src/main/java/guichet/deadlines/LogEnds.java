package guichet.deadlines;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Where the logs end that one stream thread goes by, as the broker last said. The broker is asked
 * for all of the thread's tasks at once, and nobody waits for its answer. Used by that thread
 * alone.
 */
final class LogEnds {

    /** A busy thread puts a question no sooner than this after the one before. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** The next question waits no longer for the answer to the one before. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Asks where logs end, open transactions included: an answer may lie behind one. */
    @FunctionalInterface
    interface Broker {

        /** One that has no leader answers late or not at all; the others do not wait for it. */
        Map<TopicPartition, Future<End>> endsOf(Set<TopicPartition> partitions);
    }

    /**
     * Where a log ends.
     *
     * @param offset of the record that is written next
     * @param leaderEpoch of the leader who says so; each is greater than that of the leader before
     */
    record End(long offset, int leaderEpoch) {}

    /**
     * @param askedAt milliseconds since 1970 UTC; what was recorded before lies before the ends
     */
    record Answer(long askedAt, Map<TopicPartition, End> ends) {}

    private record Question(long askedAt, Map<TopicPartition, Future<End>> ends) {

        boolean isOpen() {
            return ends.values().stream().anyMatch(end -> !end.isDone());
        }
    }

    private final Supplier<Set<TopicPartition>> all;
    private final Broker broker;
    private final Map<TopicPartition, Integer> newestLeaders = new HashMap<>();
    private @Nullable Question latest;
    private @Nullable Question before;

    /**
     * @param all partitions that the thread's tasks go by now
     */
    LogEnds(Supplier<Set<TopicPartition>> all, Broker broker) {
        this.all = all;
        this.broker = broker;
    }

    /** The newest answer that there is about all of these; sees to it that a newer one comes. */
    Optional<Answer> newest(long now, Set<TopicPartition> partitions) {
        if (latest != null && latest.askedAt() > now) {
            // The clock was put back: what is recorded from now on bears times before that.
            latest = null;
            before = null;
        }
        if (latest == null || mayAsk(latest, now)) {
            before = latest;
            latest = new Question(now, broker.endsOf(all.get()));
        }
        return answer(latest, partitions)
                .or(() -> Optional.ofNullable(before).flatMap(it -> answer(it, partitions)));
    }

    /** Called for each epoch that anything from a partition bears. */
    void heardOfLeader(TopicPartition partition, int epoch) {
        newestLeaders.merge(partition, epoch, Math::max);
    }

    /**
     * Whether a leader says so who has been replaced. One that was cut off from the others does not
     * know it, and goes on telling the end of then for seconds after it is back.
     */
    boolean isOutdated(TopicPartition partition, End end) {
        return end.leaderEpoch() < newestLeaders.getOrDefault(partition, end.leaderEpoch());
    }

    private Optional<Answer> answer(Question question, Set<TopicPartition> partitions) {
        Map<TopicPartition, End> known = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Future<End> end = question.ends().get(partition);
            if (end == null || end.state() != Future.State.SUCCESS) {
                return Optional.empty();
            }
            heardOfLeader(partition, end.resultNow().leaderEpoch());
            if (isOutdated(partition, end.resultNow())) {
                return Optional.empty();
            }
            known.put(partition, end.resultNow());
        }
        return Optional.of(new Answer(question.askedAt(), known));
    }

    private static boolean mayAsk(Question asked, long now) {
        return now - asked.askedAt() >= (asked.isOpen() ? PATIENCE : PAUSE).toMillis();
    }
}
