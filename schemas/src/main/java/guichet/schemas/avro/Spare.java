package guichet.schemas.avro;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Keeps one idle working object. Kafka mostly calls a serializer from one thread, which then always
 * gets the same object; threads that meet get one of their own. Unlike a thread-local it leaves
 * nothing behind in threads that come and go.
 */
final class Spare<T> {

    private final AtomicReference<@Nullable T> idle = new AtomicReference<>();
    private final Supplier<T> maker;

    Spare(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        var kept = idle.getAndSet(null);
        return kept != null ? kept : maker.get();
    }

    void giveBack(T object) {
        idle.setRelease(object);
    }
}
