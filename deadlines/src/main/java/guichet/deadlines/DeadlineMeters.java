package guichet.deadlines;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.apache.kafka.streams.processor.TaskId;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The meters of deadlines.
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>name<th>type<th>unit<th>tags</tr>
 *   <tr><td>{@value #LATENESS}<td>timer with histogram<td>seconds<td>{@value #KIND}</tr>
 *   <tr><td>{@value #KNOWLEDGE_LAG}<td>gauge<td>seconds<td>{@value #TASK}</tr>
 * </table>
 */
public final class DeadlineMeters {

    /**
     * How long after its due instant, by the wall clock, each deadline was fired; its count is the
     * number of deadlines fired. What is sent on becomes visible with the commit after it.
     */
    public static final String LATENESS = "guichet.deadline.lateness";

    /**
     * Which of an owner's deadlines it was, as scheduled: tells promises from housekeeping. A
     * service has a handful of kinds.
     */
    public static final String KIND = "kind";

    /**
     * How far behind now lies the instant until which a task has certainly read all that was
     * recorded, in seconds; not a number until the task first knows. It is found out when a
     * deadline has passed and once a second otherwise, so about a second is as good as none.
     */
    public static final String KNOWLEDGE_LAG = "guichet.knowledge.lag";

    /** The Kafka Streams task, for example {@code 0_3}: sub-topology and partition. */
    public static final String TASK = "task";

    /** A bucket ends here: the lateness that 99 of 100 deadlines are to keep below. */
    private static final Duration PROMISED = Duration.ofMillis(200);

    private DeadlineMeters() {}

    static Timer lateness(MeterRegistry meters, String kind) {
        return Timer.builder(LATENESS)
                .description("Wall clock at firing less the instant due")
                .tag(KIND, kind)
                .publishPercentileHistogram()
                .serviceLevelObjectives(PROMISED)
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
    }

    /**
     * @param knownUntil milliseconds since 1970 UTC; {@link Long#MIN_VALUE} while nothing is known
     */
    static Gauge knowledgeLag(MeterRegistry meters, TaskId task, AtomicLong knownUntil) {
        return Gauge.builder(
                        KNOWLEDGE_LAG,
                        knownUntil,
                        known -> secondsBehind(meters.config().clock().wallTime(), known.get()))
                .description("How far what the task has certainly read lies behind now")
                .baseUnit("seconds")
                .tag(TASK, task.toString())
                .register(meters);
    }

    private static double secondsBehind(long now, long known) {
        return known == Long.MIN_VALUE ? Double.NaN : Math.max(0, now - known) / 1000.0;
    }
}
