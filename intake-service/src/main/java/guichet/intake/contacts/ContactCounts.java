package guichet.intake.contacts;

import guichet.policy.Channel;
import guichet.policy.Language;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

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
    }

    void count(Channel channel, @Nullable Language language, Ending ending) {
        counter.withTags(
                        "channel",
                        channel.name(),
                        "language",
                        language == null ? UNKNOWN : language.tag(),
                        "outcome",
                        ending.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
