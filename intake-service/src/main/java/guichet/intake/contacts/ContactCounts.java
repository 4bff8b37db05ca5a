package guichet.intake.contacts;

import guichet.policy.Channel;
import guichet.policy.Language;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * Counts what became of requests: {@code guichet.intake.contacts}, tagged with {@code channel},
 * {@code language} ({@code unknown} where the request could not be read) and {@code outcome}.
 */
final class ContactCounts {

    private static final String METER = "guichet.intake.contacts";
    private static final String UNKNOWN = "unknown";

    enum Ending {
        /** Taken; repeats that got the first answer again are not counted. */
        ACCEPTED,
        /** The line was closed. */
        CLOSED,
        /** The request had faults. */
        INVALID,
        /** The Idempotency-Key had been used for another body. */
        CONFLICT,
        /** The log did not confirm it. */
        UNAVAILABLE,
        /** Too many others were on their way to the log. */
        OVERLOADED
    }

    private final Meter.MeterProvider<Counter> counter;

    ContactCounts(MeterRegistry meters) {
        counter =
                Counter.builder(METER)
                        .description("Requests to the customers' door, by what became of them")
                        .withRegistry(meters);
        // Each counts from 0, so that a rate shows the first.
        for (Channel channel : Channel.values()) {
            for (Ending ending : Ending.values()) {
                languages(ending).forEach(language -> counter(channel, language, ending));
            }
        }
    }

    void count(Channel channel, @Nullable Language language, Ending ending) {
        counter(channel, language == null ? UNKNOWN : language.tag(), ending).increment();
    }

    private Counter counter(Channel channel, String language, Ending ending) {
        return counter.withTags(
                "channel",
                channel.name(),
                "language",
                language,
                "outcome",
                ending.name().toLowerCase(Locale.ROOT));
    }

    private static Stream<String> languages(Ending ending) {
        return switch (ending) {
            case ACCEPTED, CLOSED -> Stream.of(Language.values()).map(Language::tag);
            case INVALID, CONFLICT, UNAVAILABLE, OVERLOADED -> Stream.of(UNKNOWN);
        };
    }
}
