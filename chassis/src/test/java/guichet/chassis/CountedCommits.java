package guichet.chassis;

import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A topology, and how often its processors ask for a commit. */
final class CountedCommits extends Topology {

    private int asked;

    /** How often since last asked. */
    int take() {
        int taken = asked;
        asked = 0;
        return taken;
    }

    @Override
    public synchronized <KI, VI, KO, VO> Topology addProcessor(
            String name, ProcessorSupplier<KI, VI, KO, VO> supplier, String... parents) {
        return super.addProcessor(
                name,
                new ProcessorSupplier<KI, VI, KO, VO>() {
                    @Override
                    public Processor<KI, VI, KO, VO> get() {
                        return new Counted<>(supplier.get());
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return supplier.stores();
                    }
                },
                parents);
    }

    private final class Counted<KI, VI, KO, VO> implements Processor<KI, VI, KO, VO> {

        private final Processor<KI, VI, KO, VO> processor;

        Counted(Processor<KI, VI, KO, VO> processor) {
            this.processor = processor;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void init(ProcessorContext<KO, VO> context) {
            processor.init(
                    (ProcessorContext<KO, VO>)
                            Proxy.newProxyInstance(
                                    getClass().getClassLoader(),
                                    new Class<?>[] {ProcessorContext.class},
                                    (proxy, method, arguments) -> {
                                        if (method.getName().equals("commit")) {
                                            asked++;
                                        }
                                        try {
                                            return method.invoke(context, arguments);
                                        } catch (InvocationTargetException failed) {
                                            throw failed.getCause();
                                        }
                                    }));
        }

        @Override
        public void process(Record<KI, VI> record) {
            processor.process(record);
        }

        @Override
        public void close() {
            processor.close();
        }
    }
}
