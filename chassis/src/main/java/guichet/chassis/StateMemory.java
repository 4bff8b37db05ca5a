package guichet.chassis;

import com.sun.management.OperatingSystemMXBean;

import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the memory that RocksDB takes in this process, whatever number of stores and partitions it
 * has: what is written and not on disk yet, blocks that were read, their filters and indexes. By
 * itself Kafka Streams bounds each store alone, at 98 MiB, and under exactly-once writes nothing to
 * disk before 16 of them are full. While it writes to disk RocksDB may exceed the bound a little.
 *
 * <p>RocksDB lets only that store write to disk which is just written to, and not while it does so
 * already. So each store's own buffer is small beside the bound: stores that are filled faster than
 * the disk takes it, as when they are restored, and then rest would keep all of theirs in memory.
 *
 * <p>The bound is half of what the container, or else the machine, has beside the largest heap,
 * unless {@value #BOUND} says otherwise; stores that have the same one share it.
 */
public final class StateMemory implements RocksDBConfigSetter {

    /** A property of Kafka Streams: bytes. */
    static final String BOUND = "guichet.state.memory";

    private static final long LEAST = 64L << 20;

    /** A store has up to three buffers, while the disk is behind. */
    private static final long BUFFERS_IN_THE_BOUND = 128;

    /** As Kafka Streams has it where there is no bound. */
    private static final long LARGEST_BUFFER = 16 << 20;

    /** A store takes one with its first entry, and there may be hundreds of stores at rest. */
    private static final long BLOCKS_IN_A_BUFFER = 32;

    private static final Map<Long, Shared> BY_BOUND = new ConcurrentHashMap<>();

    private record Shared(Cache blocks, WriteBufferManager writes) {

        /** What is written counts as part of the blocks, so that one bound holds for both. */
        static Shared of(long bytes) {
            RocksDB.loadLibrary();
            Cache blocks = new LRUCache(bytes);
            return new Shared(blocks, new WriteBufferManager(bytes / 2, blocks));
        }
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        long bound = bound(settings.get(BOUND));
        Shared shared = BY_BOUND.computeIfAbsent(bound, Shared::of);
        long buffer = Math.min(bound / BUFFERS_IN_THE_BOUND, LARGEST_BUFFER);
        BlockBasedTableConfig blocks = (BlockBasedTableConfig) options.tableFormatConfig();
        blocks.setBlockCache(shared.blocks());
        blocks.setCacheIndexAndFilterBlocks(true);
        blocks.setPinL0FilterAndIndexBlocksInCache(true);
        options.setTableFormatConfig(blocks);
        options.setWriteBufferManager(shared.writes());
        options.setWriteBufferSize(buffer);
        options.setArenaBlockSize(buffer / BLOCKS_IN_A_BUFFER);
    }

    /** Other stores go on with what is shared. */
    @Override
    public void close(String store, Options options) {}

    private static long bound(@Nullable Object setting) {
        return setting == null ? besideTheHeap() : Long.parseLong(setting.toString());
    }

    private static long besideTheHeap() {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize();
        return Math.max(LEAST, (memory - Runtime.getRuntime().maxMemory()) / 2);
    }
}
