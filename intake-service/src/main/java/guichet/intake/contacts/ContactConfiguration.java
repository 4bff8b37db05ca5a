package guichet.intake.contacts;

import guichet.chassis.door.EventLog;
import guichet.intake.closures.PresentPolicy;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

@Configuration(proxyBeanMethods = false)
class ContactConfiguration {

    private static final Duration ANSWERS_KEPT_FOR = Duration.ofHours(1);

    /** Whoever was told 503 and sends a request again that has no key does so by then. */
    private static final Duration UNTOLD_KEPT_FOR = Duration.ofMinutes(5);

    private static final int ANSWERS_KEPT = 20_000;

    @Bean
    ContactDoor contactDoor(
            EventLog log,
            PresentPolicy policy,
            Supplier<UUID> freshIds,
            InstantSource clock,
            MeterRegistry meters,
            FirstTries firstTries,
            Onlooker onlooker) {
        return new ContactDoor(
                log,
                policy,
                new ContactIds(freshIds),
                clock,
                new RecentAnswers(ANSWERS_KEPT_FOR, ANSWERS_KEPT, clock),
                new RecentAnswers(UNTOLD_KEPT_FOR, ANSWERS_KEPT, clock),
                new ContactCounts(meters),
                firstTries,
                onlooker);
    }
}
