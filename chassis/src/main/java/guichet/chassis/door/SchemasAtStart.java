package guichet.chassis.door;

import guichet.schemas.Topic;
import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroSerializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has the registry know every event that this door may write before the first caller brings one: a
 * registry that has just started takes longer than a caller waits. Until then the door is not
 * ready; once it was, it stays so while the registry is away, as it needs it no more. Then it has
 * its producers look for its topics, for the same reason; a Kafka that is away keeps no door from
 * being ready.
 */
final class SchemasAtStart implements HealthIndicator, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SchemasAtStart.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final RegistryAvroSerializer<SpecificRecord> serializer;
    private final Consumer<Topic> producers;
    private final List<Topic> written;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean known;

    /**
     * @param serializer configured as the door's own; closed with this
     * @param producers has them look for a topic
     * @param user the door's name among those who sign in to Kafka; who is none of them writes
     *     nothing that is known here
     */
    SchemasAtStart(
            RegistryAvroSerializer<SpecificRecord> serializer,
            Consumer<Topic> producers,
            String user) {
        this.serializer = serializer;
        this.producers = producers;
        this.written =
                Topics.all().stream()
                        .filter(
                                topic ->
                                        topic.writers().stream()
                                                .anyMatch(writer -> writer.user().equals(user)))
                        .toList();
        this.thread = Thread.ofPlatform().daemon().name("schemas-at-start").unstarted(this::learn);
    }

    void start() {
        thread.start();
    }

    @Override
    public Health health() {
        return known
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("schemas", "the registry has not taken them yet")
                        .build();
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        thread.interrupt();
        thread.join();
        serializer.close();
    }

    private void learn() {
        try {
            for (Topic topic : written) {
                for (Class<? extends SpecificRecord> event : topic.events()) {
                    learn(topic, event);
                }
            }
            known = true;
            lookForTopics();
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once: where it is in vain, the first caller waits for it. */
    private void lookForTopics() {
        try {
            written.forEach(producers);
        } catch (InterruptException closing) {
            throw closing;
        } catch (RuntimeException away) {
            log.info("Kafka does not tell where topics lie yet: {}", away.toString());
        }
    }

    private void learn(Topic topic, Class<? extends SpecificRecord> event)
            throws InterruptedException {
        String said = "";
        while (true) {
            try {
                serializer.prepare(topic.name(), event);
                return;
            } catch (InterruptException closing) {
                throw closing;
            } catch (RuntimeException failure) {
                // Whatever it is, a door that gave up would never be ready.
                String reason = String.valueOf(failure.getMessage());
                if (!reason.equals(said)) {
                    log.warn(
                            "Not ready: the registry does not take {} for {}: {}",
                            event.getName(),
                            topic.name(),
                            reason);
                    said = reason;
                }
                if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("closed");
                }
            }
        }
    }
}
