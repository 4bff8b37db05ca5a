package guichet.chassis;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.chassis.traces.MessageSpan;
import guichet.chassis.traces.MessageSpans;
import guichet.deadlines.Deadline;
import guichet.deadlines.Deadlines;
import guichet.deadlines.EarlyCommit;
import guichet.deadlines.Knowledge;
import guichet.schemas.CloudEvents;
import guichet.schemas.Contract;
import guichet.schemas.DeadLetter;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stands between a partition's bytes and a task: reads each record as an event, sends what is none
 * to the dead letters, and dresses what the task writes.
 */
final class DeskProcessor implements Processor<byte[], byte[], Object, Object> {

    private static final Logger log = LoggerFactory.getLogger(DeskProcessor.class);

    /** Counter, deadlines whose decision failed: what they promised is not said. */
    private static final String FAILED_DEADLINES = "guichet.deadline.failures";

    /** Of a key or a value; both, with their headers, must fit into what a producer takes. */
    private static final int LARGEST_BURIED = 256 * 1024;

    private static final int LARGEST_BURIED_HEADERS = 128 * 1024;

    private static final int LONGEST_REASON = 1_000;

    private final DeskTopology desk;
    private final Deserializer<SpecificRecord> events;
    private final Knowledge.Source knowledgeSource;
    private final MeterRegistry meters;
    private final MessageSpans spans;
    private final DeadLetterCounts deadLetters;

    private @Nullable Share share;

    private DeskProcessor(
            DeskTopology desk,
            Deserializer<SpecificRecord> events,
            Knowledge.Source knowledgeSource,
            MeterRegistry meters,
            MessageSpans spans,
            DeadLetterCounts deadLetters) {
        this.desk = desk;
        this.events = events;
        this.knowledgeSource = knowledgeSource;
        this.meters = meters;
        this.spans = spans;
        this.deadLetters = deadLetters;
    }

    record Supplier(
            DeskTopology desk,
            Serde<SpecificRecord> events,
            Knowledge.Source knowledge,
            MeterRegistry meters,
            MessageSpans spans,
            DeadLetterCounts deadLetters)
            implements ProcessorSupplier<byte[], byte[], Object, Object> {

        @Override
        public Processor<byte[], byte[], Object, Object> get() {
            return new DeskProcessor(
                    desk, events.deserializer(), knowledge, meters, spans, deadLetters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Stream.concat(
                            desk.stores().stream(),
                            Stream.of(ContactTraces.store(desk.tracesStore())))
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        share = new Share(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (share == null) {
            throw new IllegalStateException("a record came before the task was opened");
        }
        share.process(record);
    }

    @Override
    public void close() {
        if (share != null) {
            share.close();
        }
    }

    private final class Share implements DeskTask.Context {

        private final ProcessorContext<Object, Object> context;
        private final Knowledge knowledge;
        private final DeskTask task;
        private final List<Deadlines> opened = new ArrayList<>();
        private final List<Cancellable> scheduled = new ArrayList<>();
        private final EarlyCommit commit;
        private final ContactTraces traces;
        private boolean hasSpoken;

        Share(ProcessorContext<Object, Object> context) {
            this.context = context;
            this.commit = new EarlyCommit(context);
            this.traces =
                    new ContactTraces(
                            spans, desk.service(), context.getStateStore(desk.tracesStore()));
            this.knowledge =
                    knowledgeSource.of(
                            context.taskId(), desk.inputs().stream().map(Topic::name).toList());
            try {
                this.task = desk.tasks().open(this);
            } catch (RuntimeException failed) {
                knowledge.close();
                throw failed;
            }
        }

        void process(Record<byte[], byte[]> record) {
            RecordMetadata origin = context.recordMetadata().orElseThrow();
            try (MessageSpan span = traces.read(record.headers(), origin)) {
                decide(record, origin, span);
            } finally {
                traces.over();
            }
            knowledge.read(origin);
            showWhatIsSaid();
        }

        /** Others see it with a commit; one is enough for all that was said in one go. */
        private void showWhatIsSaid() {
            if (hasSpoken) {
                hasSpoken = false;
                commit.want();
            }
        }

        private void decide(
                Record<byte[], byte[]> record, RecordMetadata origin, @Nullable MessageSpan span) {
            SpecificRecord event = null;
            try {
                event = read(record, origin);
                traces.isRead(event, context.currentSystemTimeMs());
                task.on(event);
            } catch (SerializationException | BrokenContract unusable) {
                fail(span, unusable);
                bury(record, origin, reason(unusable), String.valueOf(unusable.getMessage()));
            } catch (KafkaException notTheRecordsFault) {
                throw notTheRecordsFault;
            } catch (RuntimeException defect) {
                // One contact in the dead letters, for all to see, rather than a partition that
                // stands.
                fail(span, defect);
                line(log.atError(), event == null ? null : Contract.keyOf(event))
                        .setCause(Wordless.of(defect))
                        .log("no decision on offset {}", origin.offset());
                String reason = "the service failed on it: " + defect.getClass().getName();
                bury(record, origin, reason, reason);
            }
        }

        private static void fail(@Nullable MessageSpan span, RuntimeException failure) {
            if (span != null) {
                span.failed(failure);
            }
        }

        /** A line of the log about what a record or a deadline is about. */
        private LoggingEventBuilder line(LoggingEventBuilder line, @Nullable String id) {
            LoggingEventBuilder named =
                    id == null
                            ? line
                            : line.addKeyValue(desk.isKeyedByContact() ? "contact.id" : "id", id);
            String trace = traces.id();
            return trace == null || MDC.get("trace.id") != null
                    ? named
                    : named.addKeyValue("trace.id", trace);
        }

        @Override
        public <S extends StateStore> S store(String name) {
            return context.getStateStore(name);
        }

        @Override
        public Deadlines deadlines(String name, Consumer<Deadline> reached) {
            Counter failures =
                    Counter.builder(FAILED_DEADLINES)
                            .description("Deadlines whose decision failed")
                            .register(meters);
            Deadlines deadlines =
                    new Deadlines(
                            context,
                            name,
                            Deadlines.Pace.standard(),
                            knowledge,
                            meters,
                            deadline -> fire(deadline, reached, failures));
            opened.add(deadlines);
            return deadlines;
        }

        @Override
        public void every(Duration interval, Runnable work) {
            scheduled.add(
                    context.schedule(
                            interval,
                            PunctuationType.WALL_CLOCK_TIME,
                            now -> {
                                work.run();
                                showWhatIsSaid();
                            }));
        }

        @Override
        public Instant now() {
            return Instant.ofEpochMilli(context.currentSystemTimeMs());
        }

        @Override
        public Instant knownUntil() {
            return Instant.ofEpochMilli(knowledge.until(context.currentSystemTimeMs()));
        }

        void close() {
            task.close();
            opened.forEach(Deadlines::close);
            scheduled.forEach(Cancellable::cancel);
            knowledge.close();
        }

        private void fire(Deadline deadline, Consumer<Deadline> reached, Counter failures) {
            traces.reached(deadline.owner());
            try {
                reached.accept(deadline);
            } catch (KafkaException notTheDeadlinesFault) {
                throw notTheDeadlinesFault;
            } catch (RuntimeException defect) {
                // As with records: one contact, for all to see, rather than a partition that
                // stands.
                failures.increment();
                line(log.atError(), deadline.owner())
                        .setCause(Wordless.of(defect))
                        .log("the deadline {} failed", deadline.kind());
            } finally {
                traces.over();
                // Deadlines ask for a commit themselves, once for all that are reached together.
                hasSpoken = false;
            }
        }

        @Override
        public void emit(Topic topic, SpecificRecord event, Instant when) {
            Headers headers = new RecordHeaders();
            try (MessageSpan span = traces.write(topic, event, headers)) {
                CloudEvents.addTo(headers, event, desk.service(), when);
                context.forward(
                        new Record<>(Contract.keyOf(event), event, when.toEpochMilli(), headers),
                        desk.sink(topic));
            }
            hasSpoken = true;
        }

        /**
         * @param said the reason without what it may quote of the record
         */
        private void bury(
                Record<byte[], byte[]> record, RecordMetadata origin, String reason, String said) {
            DeadLetter letter =
                    new DeadLetter(
                            origin.topic(),
                            origin.partition(),
                            origin.offset(),
                            desk.service(),
                            reason);
            line(log.atWarn(), null)
                    .log(
                            "dead letter from {}-{} at offset {}: {}",
                            origin.topic(),
                            origin.partition(),
                            origin.offset(),
                            said);
            deadLetters.count(origin.topic());
            context.forward(
                    new Record<Object, Object>(
                            start(record.key()),
                            start(record.value()),
                            context.currentSystemTimeMs(),
                            letter.addTo(sourceHeaders(record))),
                    desk.sink(Topics.DEAD_LETTERS));
            hasSpoken = true;
        }
    }

    /**
     * The bytes as they came; of a huge record their start, as the whole still lies at its origin.
     */
    private static byte @Nullable [] start(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= LARGEST_BURIED
                ? bytes
                : Arrays.copyOf(bytes, LARGEST_BURIED);
    }

    private static Headers sourceHeaders(Record<byte[], byte[]> record) {
        Headers headers = new RecordHeaders();
        int size = 0;
        for (Header header : record.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
            if (size <= LARGEST_BURIED_HEADERS) {
                headers.add(header);
            }
        }
        return headers;
    }

    private SpecificRecord read(Record<byte[], byte[]> record, RecordMetadata origin) {
        if (record.value() == null) {
            throw new BrokenContract("the record has no value");
        }
        if (record.value().length > Contract.LARGEST_EVENT) {
            throw new BrokenContract(
                    "the record has %d bytes; an event has %d at most"
                            .formatted(record.value().length, Contract.LARGEST_EVENT));
        }
        SpecificRecord event = events.deserialize(origin.topic(), record.value());
        String key = record.key() == null ? null : new String(record.key(), UTF_8);
        Topic topic = Topics.named(origin.topic()).orElseThrow();
        Contract.fault(topic, key, Instant.ofEpochMilli(record.timestamp()), event)
                .ifPresent(
                        fault -> {
                            throw new BrokenContract(fault);
                        });
        return event;
    }

    private static String reason(RuntimeException unusable) {
        String reason = Optional.ofNullable(unusable.getMessage()).orElse("unreadable");
        Throwable cause = unusable.getCause();
        String whole = cause == null ? reason : reason + ": " + cause.getMessage();
        return whole.length() <= LONGEST_REASON ? whole : whole.substring(0, LONGEST_REASON);
    }

    /** A record that its schema allows and the desk's contract does not. */
    private static final class BrokenContract extends RuntimeException {

        BrokenContract(String fault) {
            super(fault, null, false, false);
        }
    }
}
