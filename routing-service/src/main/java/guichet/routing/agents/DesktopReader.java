package guichet.routing.agents;

import guichet.chassis.ReaderThread;
import guichet.schemas.Topics;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Follows {@code support.desktops} from its end, once per process, and hands on what it reads. It
 * starts when the topics are there and before the web server takes requests.
 */
final class DesktopReader implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DesktopReader.class);

    static final TopicPartition LINE = new TopicPartition(Topics.DESKTOPS.name(), 0);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Desktops desktops;
    private final Deserializer<SpecificRecord> events;
    private final ReaderThread thread;
    private final CountDownLatch following = new CountDownLatch(1);
    private volatile boolean running;

    /**
     * @param consumers each reads committed records and belongs to no group
     * @param events reads events in the registry's wire format
     */
    DesktopReader(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Deserializer<SpecificRecord> events,
            Desktops desktops) {
        this.events = events;
        this.desktops = desktops;
        this.thread = new ReaderThread("agents-desktops", consumers, this::read);
    }

    @Override
    public void start() {
        running = true;
        thread.start();
        try {
            if (!following.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        LINE.topic() + " could not be read in " + PATIENCE + "; the log says why");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        running = false;
        try {
            thread.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }

    private void read(Consumer<byte[], byte[]> consumer, BooleanSupplier open) {
        consumer.assign(List.of(LINE));
        if (following.getCount() > 0) {
            beginAtEnd(consumer);
            following.countDown();
        } else {
            consumer.seek(LINE, desktops.next());
        }
        while (open.getAsBoolean()) {
            try {
                consumer.poll(POLL).forEach(this::handOn);
                desktops.reached(consumer.position(LINE));
            } catch (OffsetOutOfRangeException lost) {
                log.warn("{} no longer has what comes next; streams begin anew", LINE, lost);
                beginAtEnd(consumer);
            }
        }
    }

    private void beginAtEnd(Consumer<byte[], byte[]> consumer) {
        consumer.seekToEnd(List.of(LINE));
        desktops.beginAt(consumer.position(LINE));
    }

    private void handOn(ConsumerRecord<byte[], byte[]> record) {
        try {
            SpecificRecord event = events.deserialize(record.topic(), record.value());
            if (event != null) {
                desktops.hand(new Told(record.offset(), event));
            }
        } catch (SerializationException unreadable) {
            log.warn("{} offset {} is passed over", LINE, record.offset(), unreadable);
        }
    }
}
