package guichet.chassis;

import guichet.chassis.traces.MessageSpan;
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
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A task at work on its partition: what it is shown is an event of the contract, what it writes is
 * dressed, and what it fails on goes to the dead letters.
 */
final class RunningTask implements DeskTask.Context {

    private static final Logger log = LoggerFactory.getLogger(RunningTask.class);

    /** Counter, deadlines whose decision failed: what they promised is not said. */
    private static final String FAILED_DEADLINES = "guichet.deadline.failures";

    private final DeskTopology desk;
    private final MeterRegistry meters;
    private final DeadLetterCounts deadLetters;
    private final EventReader reader;
    private final ProcessorContext<Object, Object> context;
    private final Knowledge knowledge;
    private final DeskTask task;
    private final List<Deadlines> opened = new ArrayList<>();
    private final List<Cancellable> scheduled = new ArrayList<>();
    private final EarlyCommit commit;
    private final ContactTraces traces;
    private boolean hasSpoken;

    RunningTask(DeskProcessor.Supplier parts, ProcessorContext<Object, Object> context) {
        this.desk = parts.desk();
        this.meters = parts.meters();
        this.deadLetters = parts.deadLetters();
        this.reader = new EventReader(parts.events().deserializer());
        this.context = context;
        this.commit = new EarlyCommit(context);
        this.traces =
                new ContactTraces(
                        parts.spans(), desk.service(), context.getStateStore(desk.tracesStore()));
        this.knowledge =
                parts.knowledge()
                        .of(context.taskId(), desk.inputs().stream().map(Topic::name).toList());
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
            event = reader.read(record, origin);
            traces.isRead(event, context.currentSystemTimeMs());
            task.on(event);
        } catch (SerializationException | EventReader.BrokenContract unusable) {
            fail(span, unusable);
            bury(
                    record,
                    origin,
                    DeadLetterRecord.reason(unusable),
                    String.valueOf(unusable.getMessage()));
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
                DeadLetterRecord.of(record, letter, context.currentSystemTimeMs()),
                desk.sink(Topics.DEAD_LETTERS));
        hasSpoken = true;
    }
}
