package guichet.chassis;

import guichet.schemas.Topic;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.List;

/**
 * Counts the records that a service could not use. A letter whose transaction failed and that was
 * written again counts twice here, and stands once on the topic.
 */
final class DeadLetterCounts {

    /** Counter, records. Tag: {@value #TOPIC}, where the record came from. */
    static final String DEAD_LETTERS = "guichet.dead.letters";

    static final String TOPIC = "topic";

    private final Meter.MeterProvider<Counter> counter;

    /**
     * @param topics that are read; each counts from 0, so that a rate shows its first letter
     */
    DeadLetterCounts(MeterRegistry meters, List<Topic> topics) {
        counter =
                Counter.builder(DEAD_LETTERS)
                        .description("Records that the service could not use, by their topic")
                        .withRegistry(meters);
        topics.forEach(topic -> counter.withTag(TOPIC, topic.name()));
    }

    void count(String topic) {
        counter.withTag(TOPIC, topic).increment();
    }
}
