package guichet.escalation.conversion;

import guichet.events.ContactConverted;
import guichet.policy.Channel;
import guichet.policy.Language;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.List;

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
        // Each counts from 0, so that a rate shows the first.
        for (Channel channel : List.of(Channel.CHAT, Channel.PHONE)) {
            for (Language language : Language.values()) {
                counter(channel.name(), language.tag());
            }
        }
    }

    void count(ContactConverted event) {
        counter(event.getChannel().name(), event.getLanguage()).increment();
    }

    private Counter counter(String channel, String language) {
        return counter.withTags(CHANNEL, channel, LANGUAGE, language);
    }
}
