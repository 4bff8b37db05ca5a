package guichet.intake.closures;

import guichet.chassis.AnnouncedClosures;
import guichet.chassis.Announcements;
import guichet.chassis.PlainConsumers;
import guichet.policy.SupportPolicy;
import guichet.schemas.avro.RegistryAvroDeserializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Duration;

@Configuration(proxyBeanMethods = false)
class ClosureConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ClosureConfiguration.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Where Kafka is away the service starts all the same, and says so. */
    @Bean
    AnnouncedClosures announcedClosures(KafkaProperties kafka) throws InterruptedException {
        Deserializer<SpecificRecord> events = new RegistryAvroDeserializer<>();
        events.configure(kafka.getProperties(), false);
        AnnouncedClosures closures = new AnnouncedClosures(new PlainConsumers(kafka), events);
        if (!closures.startWithin(PATIENCE)) {
            log.warn(
                    "It is not known yet which closures stand; until it is, chats and callbacks are"
                            + " answered with 503");
        }
        return closures;
    }

    @Bean
    PresentPolicy presentPolicy(SupportPolicy file, Announcements announcements) {
        return new PresentPolicy(file, announcements);
    }

    @Bean
    HealthIndicator closuresHealthIndicator(Announcements announcements) {
        return () ->
                announcements.board().complete()
                        ? Health.up().build()
                        : Health.outOfService()
                                .withDetail("closures", "have not been read yet")
                                .build();
    }
}
