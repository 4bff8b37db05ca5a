package guichet.schemas.avro;

import org.apache.kafka.common.errors.InterruptException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Values that are looked up once and kept. Threads that ask for the same key at the same time share
 * one look-up, also when it fails; a failure is forgotten, so the next one to ask tries again.
 */
final class Once<K, V> {

    private final ConcurrentHashMap<K, CompletableFuture<V>> values = new ConcurrentHashMap<>();
    private final Function<K, V> lookUp;

    Once(Function<K, V> lookUp) {
        this.lookUp = lookUp;
    }

    V get(K key) {
        var known = values.get(key);
        if (known == null) {
            var mine = new CompletableFuture<V>();
            known = values.putIfAbsent(key, mine);
            if (known == null) {
                return complete(key, mine);
            }
        }
        return await(key, known);
    }

    private V complete(K key, CompletableFuture<V> mine) {
        try {
            var value = lookUp.apply(key);
            mine.complete(value);
            return value;
        } catch (RuntimeException | Error failure) {
            values.remove(key, mine);
            mine.completeExceptionally(failure);
            throw failure;
        }
    }

    private V await(K key, CompletableFuture<V> other) {
        try {
            return other.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                // Another thread was told to stop, this one was not.
                case InterruptException _ -> {
                    return get(key);
                }
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw failed;
            }
        }
    }
}
