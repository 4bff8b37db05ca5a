package guichet.intake.requests;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.intake.requests.Progress.Advance;
import guichet.schemas.Contract;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the topics into the tables. Copies of the service share the partitions as one consumer
 * group. Where to go on stands in the tables and is written together with what was read, and only
 * where the tables still say what this copy expects: a copy that has lost a partition without
 * knowing it changes nothing any more. Nothing is read of requests before all erasures are known.
 */
final class Projection {

    private static final Logger log = LoggerFactory.getLogger(Projection.class);

    static final List<Topic> TOPICS =
            Stream.concat(
                            Topics.CHANNEL_TOPICS.stream(),
                            Stream.of(
                                    Topics.assignments("en"),
                                    Topics.assignments("pt"),
                                    Topics.assignments("es"),
                                    Topics.SLA,
                                    Topics.CONVERSIONS,
                                    Topics.ERASURES))
                    .toList();

    private static final Set<String> NAMES =
            TOPICS.stream().map(Topic::name).collect(Collectors.toUnmodifiableSet());

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Progress progress;
    private final ChangeWriter writer;
    private final ErasureTable erasures;
    private final Deserializer<SpecificRecord> events;
    private final ProjectionMeters meters;
    private final Duration headStart;

    /**
     * @param headStart how long what has just come is left alone. Whoever took a contact in writes
     *     it as well ({@link AtOnce}); two who write the same row at once wait for each other, and
     *     a customer with them
     * @param events reads events in the registry's wire format
     */
    Projection(
            Progress progress,
            ChangeWriter writer,
            ErasureTable erasures,
            Deserializer<SpecificRecord> events,
            ProjectionMeters meters,
            Duration headStart) {
        this.progress = progress;
        this.writer = writer;
        this.erasures = erasures;
        this.events = events;
        this.meters = meters;
        this.headStart = headStart;
    }

    /**
     * Reads for as long as it is open.
     *
     * @param consumer in the group of all copies; reads committed records, and the oldest there are
     *     where it is sent beyond the log; commits nothing
     * @throws RequestsUnavailable where the database does not answer
     */
    void read(Consumer<byte[], byte[]> consumer, BooleanSupplier open) {
        AssignedPartitions assigned = new AssignedPartitions(consumer, progress, erasures);
        try {
            awaitTopics(consumer, open);
            consumer.subscribe(NAMES, assigned);
            while (open.getAsBoolean()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                assigned.find();
                if (!records.isEmpty() && assigned.unread() == 0) {
                    LockSupport.parkNanos(headStart.toNanos());
                }
                take(records, assigned);
                assigned.tellOfCurrency();
                assigned.tellOfChannels();
                meters.lag(assigned.lag());
            }
        } finally {
            meters.blind();
        }
    }

    /** The other services make the topics; until then a subscription would complain of them. */
    private static void awaitTopics(Consumer<byte[], byte[]> consumer, BooleanSupplier open) {
        while (open.getAsBoolean() && !consumer.listTopics().keySet().containsAll(NAMES)) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records, AssignedPartitions assigned) {
        List<Advance> advances = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> usable = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            Long from = assigned.placeOf(partition);
            if (from == null) {
                continue;
            }
            List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
            usable.addAll(read);
            advances.add(new Advance(partition, from, read.getLast().offset() + 1));
        }
        if (advances.isEmpty()) {
            return;
        }
        List<List<Change>> said = usable.stream().map(this::changes).toList();
        if (applied(said, advances)) {
            assigned.moved(advances);
        } else {
            assigned.lose(advances.stream().map(Advance::partition).toList());
        }
    }

    /** Leaves out only the changes that PostgreSQL does not take. */
    private boolean applied(List<List<Change>> said, List<Advance> advances) {
        try {
            return progress.advance(said.stream().flatMap(List::stream).toList(), advances);
        } catch (RefusedData refused) {
            for (List<Change> changes : said) {
                applyIfPossible(changes);
            }
            return progress.advance(List.of(), advances);
        }
    }

    private void applyIfPossible(List<Change> changes) {
        try {
            writer.apply(changes);
        } catch (RefusedData refused) {
            meters.ignored();
            String id = changes.getFirst().id();
            log.atWarn()
                    .addKeyValue("contact.id", id)
                    .log("PostgreSQL does not take what a record says; it is left out");
            if (!(changes.getFirst() instanceof Change.Erased)) {
                writer.apply(mentioned(id));
            }
        }
    }

    private List<Change> changes(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                return ignored(record, "it has no value");
            }
            SpecificRecord event = events.deserialize(record.topic(), record.value());
            Optional<String> fault =
                    Contract.fault(
                            Topics.named(record.topic()).orElseThrow(),
                            record.key() == null ? null : new String(record.key(), UTF_8),
                            Instant.ofEpochMilli(record.timestamp()),
                            event);
            return fault.isPresent()
                    ? ignored(record, "it breaks its topic's contract")
                    : Changes.of(event, record.offset());
        } catch (SerializationException unreadable) {
            return ignored(record, "it is no event");
        }
    }

    /** The services that act on such records write dead letters, which say more. */
    private List<Change> ignored(ConsumerRecord<byte[], byte[]> record, String reason) {
        meters.ignored();
        log.debug(
                "The record at {}-{} offset {} is left out: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        return record.key() == null || record.topic().equals(Topics.ERASURES.name())
                ? List.of()
                : mentioned(new String(record.key(), UTF_8));
    }

    /** Nobody asks whether there is a record of an id that the desk has not given. */
    private static List<Change> mentioned(String id) {
        return DeskIds.read(id).isPresent() ? List.of(new Change.Mentioned(id)) : List.of();
    }
}
