package guichet.chassis;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Reads a topic on a thread of its own until it is closed; what breaks is begun again. */
public final class ReaderThread implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReaderThread.class);

    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Reading reading;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private volatile @Nullable Consumer<byte[], byte[]> current;

    /** What is done with a consumer. */
    @FunctionalInterface
    public interface Reading {

        /**
         * Reads for as long as the thread is open; may fail, and then is called with a new
         * consumer.
         */
        void read(Consumer<byte[], byte[]> consumer, BooleanSupplier open);
    }

    /**
     * A thread to be started.
     *
     * @param name of the thread, and in the log
     * @param consumers each belongs to no group
     */
    public ReaderThread(
            String name, Supplier<Consumer<byte[], byte[]>> consumers, Reading reading) {
        this.consumers = consumers;
        this.reading = reading;
        this.thread = new Thread(this::readUntilClosed, name);
        thread.setDaemon(true);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /** Stops reading, and waits a little until it has stopped. */
    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.join(FAREWELL);
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void readUntilClosed() {
        while (isOpen()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                if (isOpen()) {
                    reading.read(consumer, this::isOpen);
                }
            } catch (WakeupException | InterruptException closing) {
                closed.countDown();
            } catch (RuntimeException broken) {
                // Whatever it is: without a reader nothing would ever be heard again.
                log.warn("{} cannot read; trying again", thread.getName(), Wordless.of(broken));
                pause();
            }
        }
    }

    private void pause() {
        try {
            closed.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }
}
