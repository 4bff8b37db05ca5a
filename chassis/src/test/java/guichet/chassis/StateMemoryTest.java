package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;

class StateMemoryTest {

    private static final long BOUND = 32L << 20;
    private static final int KIBIBYTE = 1 << 10;

    @TempDir Path folder;

    @Test
    void manyStoresTogetherKeepWithinOneBound() {
        List<String> stores = stores(200);

        try (TopologyTestDriver driver = new TopologyTestDriver(topology(stores), settings())) {
            // More than the bound in all, and no store would write its own share to disk for that
            // alone.
            fill(driver, stores, 200 * KIBIBYTE);

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> {
                                stores.forEach(name -> store(driver, name).delete(0));
                                assertThat(unwritten(driver))
                                        .isPositive()
                                        .isLessThanOrEqualTo(BOUND);
                            });
        }
    }

    @Test
    void storesThatAreFilledFasterThanTheDiskTakesItKeepWithinTheBoundToo() {
        List<String> stores = stores(16);

        try (TopologyTestDriver driver = new TopologyTestDriver(topology(stores), settings())) {
            fill(driver, stores, 8 * KIBIBYTE * KIBIBYTE);

            assertThat(unwritten(driver)).isPositive().isLessThanOrEqualTo(BOUND);
        }
    }

    private static List<String> stores(int number) {
        return IntStream.range(0, number).mapToObj(store -> "store-" + store).toList();
    }

    private static void fill(TopologyTestDriver driver, List<String> stores, int bytesEach) {
        byte[] value = new byte[KIBIBYTE];
        new Random(1).nextBytes(value);
        for (String name : stores) {
            KeyValueStore<Integer, byte[]> store = store(driver, name);
            for (int key = 0; key < bytesEach / KIBIBYTE; key++) {
                store.put(key, value);
            }
        }
    }

    private static KeyValueStore<Integer, byte[]> store(TopologyTestDriver driver, String name) {
        return driver.getKeyValueStore(name);
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "state-memory");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StateMemory.class);
        settings.put(StateMemory.BOUND, Long.toString(BOUND));
        return settings;
    }

    private static Topology topology(List<String> stores) {
        Topology topology = new Topology();
        topology.addSource(
                "source",
                Serdes.Integer().deserializer(),
                Serdes.ByteArray().deserializer(),
                "topic");
        topology.addProcessor("processor", Idle::new, "source");
        for (String name : stores) {
            topology.addStateStore(
                    Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(name),
                            Serdes.Integer(),
                            Serdes.ByteArray()),
                    "processor");
        }
        return topology;
    }

    private static final class Idle implements Processor<Object, Object, Object, Object> {

        @Override
        public void process(Record<Object, Object> record) {}
    }

    /** Bytes that the stores hold in memory as they are not on disk yet. */
    private static long unwritten(TopologyTestDriver driver) {
        return driver.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("size-all-mem-tables"))
                .mapToLong(metric -> ((Number) metric.metricValue()).longValue())
                .sum();
    }
}
