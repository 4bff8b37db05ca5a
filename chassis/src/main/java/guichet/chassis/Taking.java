package guichet.chassis;

import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Takes entries out of stores. */
public final class Taking {

    private Taking() {}

    /**
     * Deletes an entry and returns what it was; null where there is none. Unlike the store's own
     * {@code delete}, this writes nothing to the changelog for a key that is not there.
     */
    public static <K, V> @Nullable V from(KeyValueStore<K, V> store, K key) {
        V value = store.get(key);
        if (value != null) {
            store.put(key, null);
        }
        return value;
    }
}
