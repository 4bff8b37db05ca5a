package guichet.escalation.conversion;

import guichet.events.ContactConverted;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the conversations that became tickets (E1, E2). Counts what this process has made since it
 * started; one whose transaction failed and was made again counts twice here, and stands once on
 * the topic.
 */
final class ConversionCounts {

    /** Counter, in conversations. */
    static final String CONVERSIONS = "guichet.conversions";

    /** Channel of the original: {@code CHAT} or {@code PHONE}. */
    static final String CHANNEL = "channel";

    /** Language queue of both: {@code en}, {@code pt} or {@code es}. */
    static final String LANGUAGE = "language";

    private final Meter.MeterProvider<Counter> counter;

    ConversionCounts(MeterRegistry meters) {
        counter =
                Counter.builder(CONVERSIONS)
                        .description("Chats and calls that lasted too long and became tickets")
                        .withRegistry(meters);
    }

    void count(ContactConverted event) {
        counter.withTags(CHANNEL, event.getChannel().name(), LANGUAGE, event.getLanguage())
                .increment();
    }
}
