package guichet.intake.requests;

import guichet.intake.requests.Progress.Advance;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The partitions that this copy reads; nothing of one is read before it is known where to go on.
 */
final class AssignedPartitions implements ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(AssignedPartitions.class);

    /** Whether these have been read to their ends decides something. */
    private static final Set<String> TOLD_OF =
            Set.of(Topics.CALLBACKS.name(), Topics.ERASURES.name());

    private static final Set<String> CHANNELS =
            Topics.CHANNEL_TOPICS.stream().map(Topic::name).collect(Collectors.toUnmodifiableSet());

    private static final Duration BETWEEN_NOTES = Duration.ofMillis(500);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);
    private static final Duration TO_ANSWER = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Progress progress;
    private final ErasureTable erasures;
    private final Map<TopicPartition, Long> places = new HashMap<>();
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private long toldAt = System.nanoTime();
    private long askedAt = toldAt - BETWEEN_QUESTIONS.toNanos();
    private boolean assigned;
    private boolean unanswered;

    AssignedPartitions(
            Consumer<byte[], byte[]> consumer, Progress progress, ErasureTable erasures) {
        this.consumer = consumer;
        this.progress = progress;
        this.erasures = erasures;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> gained) {
        lose(gained);
        assigned = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        // The next assignment follows, be it of nothing.
        assigned = false;
        revoked.forEach(places::remove);
        unplaced.removeAll(Set.copyOf(revoked));
    }

    /** They are ours, but it is not known how far they have been read. */
    void lose(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        partitions.forEach(places::remove);
        unplaced.addAll(partitions);
    }

    /** The offset of the next record to be read; null where that is not known. */
    @Nullable Long placeOf(TopicPartition partition) {
        return places.get(partition);
    }

    /** They have been read so far. */
    void moved(Collection<Advance> advances) {
        advances.forEach(advance -> places.put(advance.partition(), advance.to()));
    }

    /** Looks up where to go on, where that is not known. */
    void find() {
        if (unplaced.isEmpty()) {
            return;
        }
        boolean knowsErasures = progress.knowsErasures();
        for (TopicPartition partition : List.copyOf(unplaced)) {
            if (!knowsErasures && !partition.topic().equals(Topics.ERASURES.name())) {
                continue;
            }
            long next = progress.nextOffset(partition);
            consumer.seek(partition, next);
            places.put(partition, next);
            unplaced.remove(partition);
            consumer.resume(List.of(partition));
        }
        if (unplaced.isEmpty()) {
            // The copy that read them before may have left some.
            erasures.mayHaveRemains();
        }
    }

    /**
     * Notes which callbacks and erasures have been read to their ends; not at every turn, and not
     * while the broker is silent.
     */
    void tellOfCurrency() {
        long now = System.nanoTime();
        if (unanswered || now - toldAt < BETWEEN_NOTES.toNanos()) {
            return;
        }
        toldAt = now;
        List<TopicPartition> current =
                places.keySet().stream()
                        .filter(it -> TOLD_OF.contains(it.topic()))
                        .filter(it -> consumer.currentLag(it).orElse(1) == 0)
                        .toList();
        if (!current.isEmpty()) {
            progress.current(current);
        }
    }

    /**
     * Notes which channels have been read to their ends. Files are deleted for it, and an erasure
     * is called done, so the broker itself is asked; what it said at the last fetch may be old.
     */
    void tellOfChannels() {
        List<TopicPartition> channels =
                places.keySet().stream().filter(it -> CHANNELS.contains(it.topic())).toList();
        if (channels.isEmpty()) {
            unanswered = false;
            return;
        }
        long now = System.nanoTime();
        if (now - askedAt < BETWEEN_QUESTIONS.toNanos()) {
            return;
        }
        askedAt = now;
        try {
            List<TopicPartition> current =
                    consumer.endOffsets(channels, TO_ANSWER).entrySet().stream()
                            .filter(end -> consumer.position(end.getKey()) >= end.getValue())
                            .map(Map.Entry::getKey)
                            .toList();
            unanswered = false;
            if (!current.isEmpty()) {
                progress.current(current);
            }
        } catch (TimeoutException brokerAway) {
            unanswered = true;
            log.debug("It is not known how far the channels have been read", brokerAway);
        }
    }

    /** What is not read yet; not a number where that cannot be known. */
    double lag() {
        boolean known =
                assigned
                        && unplaced.isEmpty()
                        && !unanswered
                        && places.keySet().stream()
                                .allMatch(it -> consumer.currentLag(it).isPresent());
        return known ? unread() : Double.NaN;
    }

    /** What is known not to be read yet. */
    long unread() {
        return places.keySet().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }
}
