package guichet.intake.requests;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import guichet.chassis.Wordless;
import guichet.policy.Channel;
import guichet.policy.Language;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Waits as the tables have them. Anyone may ask, without a token, so the tables themselves are
 * asked every 10 s at most.
 */
final class MeasuredWaits implements RecentWaits {

    private static final Logger log = LoggerFactory.getLogger(MeasuredWaits.class);

    static final Duration LATELY = Duration.ofMinutes(15);
    private static final Duration KEPT_FOR = Duration.ofSeconds(10);

    /** A queue. */
    record Queue(Language language, Channel channel) {}

    private final RequestTable requests;
    private final InstantSource clock;
    private final LoadingCache<Duration, Map<Queue, Duration>> measured =
            Caffeine.newBuilder().expireAfterWrite(KEPT_FOR).build(this::measure);

    MeasuredWaits(RequestTable requests, InstantSource clock) {
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public Optional<Duration> of(Language language, Channel channel) {
        return Optional.ofNullable(measured.get(LATELY).get(new Queue(language, channel)));
    }

    private Map<Queue, Duration> measure(Duration lately) {
        try {
            return requests.waits(clock.instant().minus(lately));
        } catch (RequestsUnavailable away) {
            log.debug("It is not known how long customers wait", Wordless.of(away));
            return Map.of();
        }
    }
}
