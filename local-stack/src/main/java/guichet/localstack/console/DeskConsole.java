package guichet.localstack.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.schemas.DeadLetter;
import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryUnavailable;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what stands on the desk's topics and tells what happens, one line an event, with a status
 * line every few seconds while anything changes. What happened before the start is counted but not
 * told.
 */
public final class DeskConsole implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_STATUS_LINES = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RegistryAvroDeserializer<SpecificRecord> events;
    private final LineFormat format;
    private final Narrator narrator;
    private final PrintStream out;
    private final Tally tally = new Tally();
    private final Thread thread;
    private String lastStatus = "";
    private long nextStatusAt = System.nanoTime();
    private volatile boolean closed;

    private DeskConsole(
            KafkaConsumer<byte[], byte[]> consumer,
            RegistryAvroDeserializer<SpecificRecord> events,
            LineFormat format,
            PrintStream out) {
        this.consumer = consumer;
        this.events = events;
        this.format = format;
        this.narrator = new Narrator(format);
        this.out = out;
        this.thread = Thread.ofPlatform().daemon().name("console").unstarted(this::run);
    }

    /**
     * Reads what is there and, having counted it, tells what comes. The topics must exist.
     *
     * @param bootstrapServers of the broker
     * @param registryUrl of the schema registry
     */
    public static DeskConsole start(
            String bootstrapServers, String registryUrl, LineFormat format, PrintStream out) {
        var events = new RegistryAvroDeserializer<SpecificRecord>();
        events.configure(
                Map.of("schema.registry.url", registryUrl, "specific.avro.reader", true), false);
        var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                5_000),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        DeskConsole console = new DeskConsole(consumer, events, format, out);
        console.catchUp();
        console.thread.start();
        return console;
    }

    /** Tells the status a last time and stops. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void catchUp() {
        List<TopicPartition> partitions =
                Topics.all().stream()
                        // Repeats for the matching engine what the other topics tell.
                        .filter(topic -> !topic.equals(Topics.MATCHING))
                        .map(Topic::name)
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(record -> hear(record, true));
        }
    }

    private void run() {
        try (consumer;
                events) {
            while (!closed) {
                listen();
            }
            out.println(format.text(status()));
        }
    }

    private void listen() {
        List<Line> lines = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            hear(record, false).ifPresent(lines::add);
        }
        lines.stream()
                .sorted(Comparator.comparing(Line::at))
                .map(format::text)
                .forEach(out::println);
        if (System.nanoTime() >= nextStatusAt) {
            nextStatusAt = System.nanoTime() + BETWEEN_STATUS_LINES.toNanos();
            Line status = status();
            if (!status.words().equals(lastStatus)) {
                out.println(format.text(status));
                lastStatus = status.words();
            }
        }
    }

    private Line status() {
        return new Line(Instant.now(), Kind.STATUS, "", tally.status());
    }

    private Optional<Line> hear(ConsumerRecord<byte[], byte[]> record, boolean past) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        if (record.topic().equals(Topics.DEAD_LETTERS.name())) {
            tally.countDeadLetter();
            return past ? Optional.empty() : Optional.of(deadLetter(record, at));
        }
        if (record.value() == null) {
            return past || record.key() == null
                    ? Optional.empty()
                    : Optional.of(
                            new Line(
                                    at,
                                    Kind.WARNING,
                                    "",
                                    "closure %s is called off"
                                            .formatted(new String(record.key(), UTF_8))));
        }
        try {
            SpecificRecord event = events.deserialize(record.topic(), record.value());
            if (event == null) {
                return Optional.empty();
            }
            tally.count(event);
            return past ? Optional.empty() : narrator.tell(event);
        } catch (RegistryUnavailable e) {
            return Optional.of(
                    new Line(at, Kind.WARNING, "", "an event, but the registry does not answer"));
        } catch (SerializationException e) {
            // The services put it among the dead letters, which are told.
            return Optional.empty();
        }
    }

    private Line deadLetter(ConsumerRecord<byte[], byte[]> record, Instant at) {
        try {
            return narrator.tell(DeadLetter.of(record.headers()), at);
        } catch (IllegalArgumentException e) {
            return new Line(at, Kind.DEAD_LETTER, "", "DEAD LETTER without a reason");
        }
    }
}
