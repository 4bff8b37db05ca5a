package guichet.chassis;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.deadlines.Broadcast;
import guichet.events.ClosureAnnounced;
import guichet.policy.AnnouncedClosure;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.schemas.Contract;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads {@code support.closures} whole, from its beginning, and goes on reading it. Every process
 * that heeds closures has one; the topic is the store.
 */
public final class AnnouncedClosures implements Announcements, Broadcast, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AnnouncedClosures.class);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Deserializer<SpecificRecord> events;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final ReaderThread reader;

    private volatile Board board = Board.UNREAD;
    private volatile Set<TopicPartition> partitions = Set.of();

    /**
     * @param consumers each reads committed records and belongs to no group
     * @param events reads events in the registry's wire format
     */
    public AnnouncedClosures(
            Supplier<Consumer<byte[], byte[]>> consumers, Deserializer<SpecificRecord> events) {
        this.events = events;
        this.reader = new ReaderThread("announced-closures", consumers, this::read);
    }

    /**
     * Begins to read and returns when what has been announced so far is known: an event read before
     * would be judged without it.
     *
     * @throws IllegalStateException if that takes longer than {@code patience}
     */
    public void start(Duration patience) throws InterruptedException {
        if (!startWithin(patience)) {
            close();
            throw new IllegalStateException(
                    "the closures on "
                            + Topics.CLOSURES.name()
                            + " could not be read in "
                            + patience
                            + "; the log says why");
        }
    }

    /**
     * Begins to read and returns when what has been announced so far is known, or when {@code
     * patience} is at its end; reading goes on.
     *
     * @return whether it is known
     */
    public boolean startWithin(Duration patience) throws InterruptedException {
        reader.start();
        return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Board board() {
        return board;
    }

    @Override
    public Set<TopicPartition> partitions() {
        return partitions;
    }

    @Override
    public long position(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    @Override
    public void close() throws InterruptedException {
        reader.close();
    }

    /** Until all that had been announced at the beginning is read, the last board stays up. */
    private void read(Consumer<byte[], byte[]> consumer, BooleanSupplier open) {
        partitions = partitionsOf(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, Notice> closures = new HashMap<>();
        Set<String> unreadable = new HashSet<>();
        boolean complete = false;
        while (open.getAsBoolean()) {
            boolean changed = false;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                changed |= note(record, closures, unreadable);
            }
            if (!complete) {
                complete = hasReached(ends, consumer);
                changed = complete;
            }
            if (complete) {
                publish(changed ? new Board(true, closures, unreadable) : board, consumer);
            }
        }
    }

    /** A broker that has not heard of the topic yet answers nothing. */
    private static Set<TopicPartition> partitionsOf(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> found =
                consumer.partitionsFor(Topics.CLOSURES.name()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .collect(Collectors.toUnmodifiableSet());
        if (found.isEmpty()) {
            throw new IllegalStateException("the broker knows no " + Topics.CLOSURES.name());
        }
        return found;
    }

    /** The board first: who sees the position must see what was read before it. */
    private void publish(Board read, Consumer<byte[], byte[]> consumer) {
        board = read;
        partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
        caughtUp.countDown();
    }

    private static boolean hasReached(
            Map<TopicPartition, Long> ends, Consumer<byte[], byte[]> consumer) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private boolean note(
            ConsumerRecord<byte[], byte[]> record,
            Map<String, Notice> closures,
            Set<String> unreadable) {
        String id = record.key() == null ? "" : new String(record.key(), UTF_8);
        Instant recordedAt = Instant.ofEpochMilli(record.timestamp());
        if (record.value() == null) {
            boolean wasUnreadable = unreadable.remove(id);
            Notice standing = closures.get(id);
            if (standing == null || standing.calledOffAt().isPresent()) {
                return wasUnreadable;
            }
            closures.put(
                    id,
                    new Notice(
                            standing.closure(), standing.announcedAt(), Optional.of(recordedAt)));
            return true;
        }
        try {
            SpecificRecord event = events.deserialize(record.topic(), record.value());
            Optional<String> fault = Contract.fault(Topics.CLOSURES, id, recordedAt, event);
            if (fault.isPresent()) {
                return ignore(record, fault.get()) && unreadable.add(id);
            }
            Notice notice = notice((ClosureAnnounced) event, recordedAt);
            boolean wasUnreadable = unreadable.remove(id);
            if (repeats(notice, closures.get(id))) {
                return wasUnreadable;
            }
            closures.put(id, notice);
            return true;
        } catch (SerializationException | IllegalArgumentException unusable) {
            return ignore(record, String.valueOf(unusable.getMessage())) && unreadable.add(id);
        }
    }

    /** Announced again while it stands, a closure has been announced since the first time. */
    private static boolean repeats(Notice notice, @Nullable Notice standing) {
        return standing != null
                && standing.calledOffAt().isEmpty()
                && standing.closure().equals(notice.closure());
    }

    private static boolean ignore(ConsumerRecord<byte[], byte[]> record, String fault) {
        log.warn(
                "the closure at {}-{} offset {} is ignored: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                fault);
        return true;
    }

    private static Notice notice(ClosureAnnounced event, Instant recordedAt) {
        if (event.getChannels().isEmpty()) {
            throw new IllegalArgumentException("it names no channel");
        }
        AnnouncedClosure closure =
                new AnnouncedClosure(
                        event.getClosureId(),
                        event.getStartsAt(),
                        event.getEndsAt(),
                        event.getChannels().stream()
                                .map(channel -> Channel.valueOf(channel.name()))
                                .collect(Collectors.toSet()),
                        event.getLanguages().stream()
                                .map(AnnouncedClosures::language)
                                .collect(Collectors.toSet()),
                        event.getReason());
        Instant announcedAt =
                event.getAnnouncedAt().isAfter(recordedAt) ? recordedAt : event.getAnnouncedAt();
        return new Notice(closure, announcedAt, Optional.empty());
    }

    private static Language language(String tag) {
        return Language.ofTag(tag)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + tag + "' is no language queue"));
    }
}
