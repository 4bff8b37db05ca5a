package guichet.sla.clocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts the running clocks of one partition without writing the count down: a walk over the store
 * counts what lies there, and each change of a clock counts where the walk has passed already.
 */
final class Census {

    private record Kind(String channel, String language) {}

    private final ClockMetrics metrics;
    private final Map<Kind, Long> counted = new HashMap<>();
    private @Nullable Bytes passed;
    private boolean complete;

    Census(ClockMetrics metrics) {
        this.metrics = metrics;
    }

    /** The walk has come to a clock. */
    void counts(String contactId, ResponseClock clock) {
        if (!complete) {
            passed = key(contactId);
            add(clock, 1);
        }
    }

    /** The walk has passed clocks that do not run, up to this one. */
    void passes(String contactId) {
        if (!complete) {
            passed = key(contactId);
        }
    }

    /** The walk has come to the end. */
    void completed() {
        complete = true;
    }

    /** A clock has changed. */
    void changed(String contactId, @Nullable ResponseClock before, ResponseClock after) {
        if (complete || (passed != null && key(contactId).compareTo(passed) <= 0)) {
            if (before != null) {
                add(before, -1);
            }
            add(after, 1);
        }
    }

    /** The partition moves elsewhere. */
    void close() {
        counted.forEach((kind, count) -> metrics.running(kind.channel(), kind.language(), -count));
        counted.clear();
    }

    private void add(ResponseClock clock, long more) {
        if (ResponseClocks.ticking(clock)) {
            Kind kind = new Kind(clock.getChannel(), clock.getLanguage());
            counted.merge(kind, more, Long::sum);
            metrics.running(kind.channel(), kind.language(), more);
        }
    }

    private static Bytes key(String contactId) {
        return Bytes.wrap(contactId.getBytes(UTF_8));
    }
}
