package guichet.routing.matching;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Priority;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How the desk's queues and agents do, for dashboards. The copy of the service that runs the engine
 * measures once a second; the others show nothing waiting and nobody there, so that sums are right.
 * Counters count from the start of the process; work that a crash made void counts again.
 */
final class MatchingMetrics {

    /** Gauge, contacts. Tags: language, channel, priority. */
    static final String WAITING = "guichet.queue.waiting";

    /** Gauge, seconds since the oldest waiting contact was made. Tags: language, channel. */
    static final String OLDEST = "guichet.queue.oldest.age";

    /** Counter, offers. Tags: language, channel, outcome: made, taken, declined, expired. */
    static final String OFFERS = "guichet.offers";

    /** Timer with histogram, from the contact's beginning to its first offer. As above. */
    static final String TO_OFFER = "guichet.time.to.offer";

    /** Timer with histogram, from the contact's beginning until an agent first has it. As above. */
    static final String TO_ASSIGNMENT = "guichet.time.to.assignment";

    /** Summary, seconds by which the wait foretold was off, either way. As above. */
    static final String ESTIMATE_ERROR = "guichet.wait.estimate.error";

    /** Gauge, agents. Tag: presence. */
    static final String AGENTS = "guichet.agents";

    /** Gauge, 0 to 1: what the agents present have, of what they have room for. */
    static final String OCCUPANCY = "guichet.agents.occupancy";

    private static final String MADE = "made";
    private static final String TAKEN = "taken";
    private static final String DECLINED = "declined";
    private static final String EXPIRED = "expired";
    private static final List<String> OUTCOMES = List.of(MADE, TAKEN, DECLINED, EXPIRED);

    /**
     * Where the buckets of times end, in steps that tell whether a target was kept. Micrometer's
     * own would end at 30 seconds; tickets wait for days.
     */
    private static final Duration[] UP_TO = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(15),
        Duration.ofMinutes(30),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofHours(12),
        Duration.ofHours(24),
        Duration.ofHours(96)
    };

    private final MeterRegistry registry;
    private final Map<Tags, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

    MatchingMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Language language : Language.values()) {
            for (Channel channel : Channel.values()) {
                begin(queue(language, channel));
            }
        }
        for (Presence presence : Presence.values()) {
            set(AGENTS, Tags.of("presence", lower(presence)), 0);
        }
        set(OCCUPANCY, Tags.empty(), 0);
    }

    /**
     * Everything is there from the start, at 0, so that sums are whole and rates show the first.
     */
    private void begin(Tags queue) {
        for (Priority priority : Priority.values()) {
            set(WAITING, queue.and("priority", lower(priority)), 0);
        }
        set(OLDEST, queue, 0);
        OUTCOMES.forEach(outcome -> offers(queue, outcome));
        timer(TO_OFFER, queue);
        timer(TO_ASSIGNMENT, queue);
        estimateError(queue);
    }

    /** Looks at the queues as they are, whoever waits in them. */
    void measure(MatchingEngine engine, Instant now) {
        for (Language language : Language.values()) {
            for (Channel channel : Channel.values()) {
                Tags queue = queue(language, channel);
                for (Priority priority : Priority.values()) {
                    set(
                            WAITING,
                            queue.and("priority", lower(priority)),
                            engine.waiting(language, channel, priority));
                }
                set(
                        OLDEST,
                        queue,
                        engine.oldest(language, channel)
                                .map(oldest -> seconds(Duration.between(oldest, now)))
                                .orElse(0.0));
            }
        }
        for (Presence presence : Presence.values()) {
            set(AGENTS, Tags.of("presence", lower(presence)), engine.agents(presence));
        }
        set(OCCUPANCY, Tags.empty(), engine.occupancy().share());
    }

    /** The engine has left this process. */
    void clear() {
        gauges.values().forEach(gauge -> gauge.set(0.0));
    }

    /** What was decided about a contact. */
    void count(Decision decision, ContactState contact) {
        Tags queue = queue(contact.queued().language(), contact.queued().channel());
        Instant queuedAt = contact.queued().queuedAt();
        switch (decision) {
            case Decision.Offered offer -> {
                offers(queue, MADE).increment();
                if (contact.offers() == 1) {
                    timer(TO_OFFER, queue).record(Duration.between(queuedAt, offer.offeredAt()));
                }
            }
            case Decision.Assigned assignment -> {
                offers(queue, TAKEN).increment();
                if (!contact.returned()) {
                    timer(TO_ASSIGNMENT, queue).record(Duration.between(queuedAt, assignment.at()));
                    countError(assignment, queue);
                }
            }
            case Decision.Expired expiry -> offers(queue, EXPIRED).increment();
            case Decision.Released release -> {
                if (release.reason() == Decision.Release.DECLINED) {
                    offers(queue, DECLINED).increment();
                }
            }
            case Decision.Refused refused -> {}
            case Decision.SetAway away -> {}
        }
    }

    private void countError(Decision.Assigned assignment, Tags queue) {
        Duration foretold = assignment.estimatedWait();
        if (foretold != null) {
            estimateError(queue).record(seconds(assignment.waited().minus(foretold).abs()));
        }
    }

    private Counter offers(Tags queue, String outcome) {
        return registry.counter(OFFERS, queue.and("outcome", outcome));
    }

    private DistributionSummary estimateError(Tags queue) {
        return DistributionSummary.builder(ESTIMATE_ERROR)
                .baseUnit("seconds")
                .tags(queue)
                .register(registry);
    }

    private Timer timer(String name, Tags queue) {
        return Timer.builder(name).tags(queue).serviceLevelObjectives(UP_TO).register(registry);
    }

    private void set(String name, Tags tags, double value) {
        gauges.computeIfAbsent(
                        tags.and("meter", name),
                        key -> {
                            AtomicReference<Double> measured = new AtomicReference<>(0.0);
                            Gauge.builder(name, measured, AtomicReference::get)
                                    .tags(tags)
                                    .register(registry);
                            return measured;
                        })
                .set(value);
    }

    private static Tags queue(Language language, Channel channel) {
        return Tags.of("language", language.tag(), "channel", channel.name());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
