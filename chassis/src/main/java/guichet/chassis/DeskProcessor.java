package guichet.chassis;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.deadlines.Deadline;
import guichet.deadlines.Deadlines;
import guichet.deadlines.Knowledge;
import guichet.schemas.CloudEvents;
import guichet.schemas.Contract;
import guichet.schemas.DeadLetter;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
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

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Stands between a partition's bytes and a task: reads each record as an event, sends what is none
 * to the dead letters, and dresses what the task writes.
 */
final class DeskProcessor implements Processor<byte[], byte[], Object, Object> {

    private static final Logger log = LoggerFactory.getLogger(DeskProcessor.class);

    private static final List<String> TRACE_HEADERS = List.of("traceparent", "tracestate");

    private final DeskTopology desk;
    private final Deserializer<SpecificRecord> events;
    private final Knowledge.Source knowledgeSource;

    private @Nullable Share share;

    private DeskProcessor(
            DeskTopology desk,
            Deserializer<SpecificRecord> events,
            Knowledge.Source knowledgeSource) {
        this.desk = desk;
        this.events = events;
        this.knowledgeSource = knowledgeSource;
    }

    record Supplier(DeskTopology desk, Serde<SpecificRecord> events, Knowledge.Source knowledge)
            implements ProcessorSupplier<byte[], byte[], Object, Object> {

        @Override
        public Processor<byte[], byte[], Object, Object> get() {
            return new DeskProcessor(desk, events.deserializer(), knowledge);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return desk.stores();
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

    private final class Share implements DeskTask.Context {

        private final ProcessorContext<Object, Object> context;
        private final Knowledge knowledge;
        private final DeskTask task;
        private Headers cause = new RecordHeaders();

        Share(ProcessorContext<Object, Object> context) {
            this.context = context;
            this.knowledge =
                    knowledgeSource.of(
                            context.taskId(), desk.inputs().stream().map(Topic::name).toList());
            this.task = desk.tasks().open(this);
        }

        void process(Record<byte[], byte[]> record) {
            RecordMetadata origin = context.recordMetadata().orElseThrow();
            cause = record.headers();
            try {
                decide(record, origin);
            } finally {
                cause = new RecordHeaders();
            }
            knowledge.read(origin);
        }

        private void decide(Record<byte[], byte[]> record, RecordMetadata origin) {
            try {
                task.on(read(record, origin));
            } catch (SerializationException | BrokenContract unusable) {
                bury(record, origin, reason(unusable));
            } catch (KafkaException notTheRecordsFault) {
                throw notTheRecordsFault;
            } catch (RuntimeException defect) {
                // One contact in the dead letters, for all to see, rather than a partition that
                // stands.
                log.error("no decision on offset {}", origin.offset(), defect);
                bury(record, origin, "the service failed on it: " + defect.getClass().getName());
            }
        }

        @Override
        public <S extends StateStore> S store(String name) {
            return context.getStateStore(name);
        }

        @Override
        public Deadlines deadlines(String name, Consumer<Deadline> reached) {
            return new Deadlines(context, name, Deadlines.Pace.standard(), knowledge, reached);
        }

        @Override
        public void emit(Topic topic, SpecificRecord event, Instant when) {
            Headers headers = new RecordHeaders();
            TRACE_HEADERS.stream()
                    .map(cause::lastHeader)
                    .flatMap(Stream::ofNullable)
                    .forEach(headers::add);
            CloudEvents.addTo(headers, event, desk.service(), when);
            context.forward(
                    new Record<>(Contract.keyOf(event), event, when.toEpochMilli(), headers),
                    topic.name());
        }

        private void bury(Record<byte[], byte[]> record, RecordMetadata origin, String reason) {
            DeadLetter letter =
                    new DeadLetter(
                            origin.topic(),
                            origin.partition(),
                            origin.offset(),
                            desk.service(),
                            reason);
            log.warn(
                    "dead letter from {}-{} at offset {}: {}",
                    origin.topic(),
                    origin.partition(),
                    origin.offset(),
                    reason);
            Headers headers = new RecordHeaders();
            for (Header header : record.headers()) {
                headers.add(header);
            }
            context.forward(
                    record.<Object>withKey(record.key())
                            .<Object>withValue(record.value())
                            .withHeaders(letter.addTo(headers)),
                    Topics.DEAD_LETTERS.name());
        }
    }

    private SpecificRecord read(Record<byte[], byte[]> record, RecordMetadata origin) {
        if (record.value() == null) {
            throw new BrokenContract("the record has no value");
        }
        SpecificRecord event = events.deserialize(origin.topic(), record.value());
        String key = record.key() == null ? null : new String(record.key(), UTF_8);
        Topic topic = Topics.named(origin.topic()).orElseThrow();
        Contract.fault(topic, key, event)
                .ifPresent(
                        fault -> {
                            throw new BrokenContract(fault);
                        });
        return event;
    }

    private static String reason(RuntimeException unusable) {
        String reason = Optional.ofNullable(unusable.getMessage()).orElse("unreadable");
        Throwable cause = unusable.getCause();
        return cause == null ? reason : reason + ": " + cause.getMessage();
    }

    /** A record that its schema allows and the desk's contract does not. */
    private static final class BrokenContract extends RuntimeException {

        BrokenContract(String fault) {
            super(fault, null, false, false);
        }
    }
}
