package guichet.deadlines;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Deadlines by due and by owner, over one changelog: what is written by due is found by owner too,
 * and is restored to both. So the two cannot differ, and a change costs one record instead of two.
 *
 * <p>Keys are those by due, but for {@link #get}: it takes a key by owner, and answers with the due
 * instant. An owner's deadline is deleted before it is put with another due; in whatever way the
 * changelog is compacted, the last record on an owner and kind tells what holds.
 */
final class DeadlineStore implements KeyValueStore<Bytes, byte[]> {

    private final String name;
    private final KeyValueStore<Bytes, byte[]> byDue;
    private final KeyValueStore<Bytes, byte[]> byOwner;

    DeadlineStore(String name) {
        this.name = name;
        this.byDue = Stores.persistentKeyValueStore(name + "-by-due").get();
        this.byOwner = Stores.persistentKeyValueStore(name + "-by-owner").get();
    }

    /** Not cached: deleting while iterating through a cache shows stale entries (KAFKA-15302). */
    static StoreBuilder<?> builder(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    /** Makes one for each task. */
    record Supplier(String name) implements KeyValueBytesStoreSupplier {

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new DeadlineStore(name);
        }

        @Override
        public String metricsScope() {
            return "rocksdb";
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // Under names that the topology gives no changelog.
        byDue.init(context, byDue);
        byOwner.init(context, byOwner);
        context.register(root, (BatchingStateRestoreCallback) this::restore);
    }

    /** Takes over what another of its kind has written, in that order. */
    void restore(Collection<KeyValue<byte[], byte[]>> changes) {
        List<KeyValue<Bytes, byte[]>> dues = new ArrayList<>(changes.size());
        for (KeyValue<byte[], byte[]> change : changes) {
            dues.add(KeyValue.pair(Bytes.wrap(change.key), change.value));
        }
        putAll(dues);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        byDue.put(key, value);
        if (!DeadlineKeys.isMark(key)) {
            byOwner.put(DeadlineKeys.byOwner(key), dueOrNull(key, value));
        }
    }

    private static byte @Nullable [] dueOrNull(Bytes key, byte @Nullable [] value) {
        return value == null ? null : DeadlineKeys.instant(DeadlineKeys.due(key));
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte[] before = byDue.get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        List<KeyValue<Bytes, byte[]>> owners = new ArrayList<>(entries.size());
        for (KeyValue<Bytes, byte[]> entry : entries) {
            if (!DeadlineKeys.isMark(entry.key)) {
                owners.add(
                        KeyValue.pair(
                                DeadlineKeys.byOwner(entry.key),
                                dueOrNull(entry.key, entry.value)));
            }
        }
        byDue.putAll(entries);
        byOwner.putAll(owners);
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte[] before = byDue.get(key);
        put(key, null);
        return before;
    }

    /** The due instant of an owner's deadline, or the mark; null where there is none. */
    @Override
    public byte @Nullable [] get(Bytes key) {
        return DeadlineKeys.isMark(key) ? byDue.get(key) : byOwner.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return byDue.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return byDue.all();
    }

    @Override
    public long approximateNumEntries() {
        return byDue.approximateNumEntries();
    }

    @Override
    public void flush() {
        byDue.flush();
        byOwner.flush();
    }

    @Override
    public void close() {
        byDue.close();
        byOwner.close();
    }

    @Override
    public Position getPosition() {
        return byDue.getPosition();
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return byDue.isOpen() && byOwner.isOpen();
    }
}
