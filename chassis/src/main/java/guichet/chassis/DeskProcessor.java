package guichet.chassis;

import guichet.chassis.traces.MessageSpans;
import guichet.deadlines.Knowledge;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens a service's task on a partition, hands it each record, and closes it. */
final class DeskProcessor implements Processor<byte[], byte[], Object, Object> {

    private final Supplier parts;
    private @Nullable RunningTask task;

    private DeskProcessor(Supplier parts) {
        this.parts = parts;
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
            return new DeskProcessor(this);
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
        task = new RunningTask(parts, context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (task == null) {
            throw new IllegalStateException("a record came before the task was opened");
        }
        task.process(record);
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
        }
    }
}
