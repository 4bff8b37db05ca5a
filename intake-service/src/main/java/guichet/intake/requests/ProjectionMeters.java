package guichet.intake.requests;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How the tables of requests follow the topics. */
final class ProjectionMeters {

    /**
     * Gauge, records of this copy's partitions that are not read yet; not a number while nobody
     * knows.
     */
    static final String LAG = "guichet.requests.lag";

    /** Counter, records that are no events, or that PostgreSQL did not take. */
    static final String IGNORED = "guichet.requests.ignored";

    private final Counter ignored;
    private volatile double lag = Double.NaN;

    ProjectionMeters(MeterRegistry meters) {
        ignored =
                Counter.builder(IGNORED)
                        .description("Records that say nothing of requests that can be kept")
                        .register(meters);
        Gauge.builder(LAG, this, it -> it.lag)
                .description("Records that 'my requests' does not know yet")
                .register(meters);
    }

    /** Records that are not read yet; not a number where that is not known. */
    void lag(double records) {
        lag = records;
    }

    /** Nothing is read just now. */
    void blind() {
        lag = Double.NaN;
    }

    void ignored() {
        ignored.increment();
    }
}
