package guichet.sla.clocks;

import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Plan;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the response clocks of this process have come to, for dashboards. Counters count from the
 * start of the process; work that a crash made void and that is done again is counted again, the
 * events on {@code support.sla} are not.
 */
final class ClockMetrics {

    /** Gauge, contacts: open ones with a running clock. Tags: channel, language. */
    static final String OPEN = "guichet.clocks.open";

    /** Counter, warnings. Tags: channel, language, level. */
    static final String DUE_SOON = "guichet.responses.due.soon";

    /** Counter, contacts answered in time. Tags: channel, language, level. */
    static final String MET = "guichet.responses.met";

    /** Counter, contacts not answered in time. Tags: channel, language, level. */
    static final String BREACHED = "guichet.responses.breached";

    /** Counter, contacts that ended without a response. Tags: channel, language, level. */
    static final String WITHDRAWN = "guichet.responses.withdrawn";

    /** Counter, moved due instants. Tags: channel, language, level. */
    static final String RETIMED = "guichet.responses.retimed";

    /**
     * Counter, versions of the rules whose hours were laid out: a few for each change and
     * partition. No tags.
     */
    static final String LAYOUTS = "guichet.policy.layouts";

    /**
     * Gauge, from 0 to 1: the service level, met of met and breached. Tags: channel, language,
     * level.
     */
    static final String SERVICE_LEVEL = "guichet.responses.service.level";

    /** The level of support of a plan (T4). */
    private enum Level {
        STANDARD,
        PRIORITY;

        static Level of(Plan plan) {
            return switch (plan) {
                case BASIC, TEAM -> STANDARD;
                case AGENCY, ENTERPRISE -> PRIORITY;
            };
        }
    }

    private final MeterRegistry registry;
    private final Counter layouts;
    private final Map<Tags, AtomicLong> open = new ConcurrentHashMap<>();
    private final Map<Tags, Counters> counters = new ConcurrentHashMap<>();

    ClockMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.layouts = registry.counter(LAYOUTS);
        // Each counts from 0, so that a rate shows the first.
        for (Channel channel : Channel.values()) {
            for (Language language : Language.values()) {
                running(channel.name(), language.tag(), 0);
                for (Level level : Level.values()) {
                    of(channel.name(), language.tag(), level);
                }
            }
        }
    }

    /** So many more clocks run, or fewer. */
    void running(String channel, String language, long more) {
        Tags tags = Tags.of("channel", channel, "language", language);
        open.computeIfAbsent(
                        tags,
                        it -> {
                            AtomicLong running = new AtomicLong();
                            Gauge.builder(OPEN, running, AtomicLong::doubleValue)
                                    .tags(it)
                                    .description("open contacts with a running response clock")
                                    .register(registry);
                            return running;
                        })
                .addAndGet(more);
    }

    void dueSoon(ResponseClock clock) {
        of(clock).dueSoon.increment();
    }

    void met(ResponseClock clock) {
        of(clock).met.increment();
    }

    void breached(ResponseClock clock) {
        of(clock).breached.increment();
    }

    void withdrawn(ResponseClock clock) {
        of(clock).withdrawn.increment();
    }

    void retimed(ResponseClock clock) {
        of(clock).retimed.increment();
    }

    void laidOut() {
        layouts.increment();
    }

    private Counters of(ResponseClock clock) {
        return of(clock.getChannel(), clock.getLanguage(), Level.of(Plan.valueOf(clock.getPlan())));
    }

    private Counters of(String channel, String language, Level level) {
        return counters.computeIfAbsent(
                Tags.of(
                        "channel", channel,
                        "language", language,
                        "level", level.name().toLowerCase(Locale.ROOT)),
                tags -> new Counters(registry, tags));
    }

    private static final class Counters {

        private final Counter dueSoon;
        private final Counter met;
        private final Counter breached;
        private final Counter withdrawn;
        private final Counter retimed;

        Counters(MeterRegistry registry, Tags tags) {
            this.dueSoon = registry.counter(DUE_SOON, tags);
            this.met = registry.counter(MET, tags);
            this.breached = registry.counter(BREACHED, tags);
            this.withdrawn = registry.counter(WITHDRAWN, tags);
            this.retimed = registry.counter(RETIMED, tags);
            Gauge.builder(SERVICE_LEVEL, this, Counters::share)
                    .tags(tags)
                    .description("responses in time, of those that were due")
                    .register(registry);
        }

        private double share() {
            return met.count() / (met.count() + breached.count());
        }
    }
}
