package guichet.intake.contacts;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.ProducerListener;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

@Configuration(proxyBeanMethods = false)
class ContactConfiguration {

    private static final Duration ANSWERS_KEPT_FOR = Duration.ofHours(1);
    private static final int ANSWERS_KEPT = 20_000;

    @Bean
    ContactLog contactLog(
            KafkaOperations<String, SpecificRecord> kafka,
            @Value("${spring.application.name}") String service) {
        return new KafkaContactLog(kafka, service);
    }

    /** Says nothing: the door logs what was not taken, and Boot's own would log what it says. */
    @Bean
    <K, V> ProducerListener<K, V> producerListener() {
        return new ProducerListener<>() {};
    }

    @Bean
    ContactDoor contactDoor(
            ContactLog log, Supplier<UUID> freshIds, InstantSource clock, MeterRegistry meters) {
        return new ContactDoor(
                log,
                new ContactIds(freshIds),
                clock,
                new RecentAnswers(ANSWERS_KEPT_FOR, ANSWERS_KEPT),
                new ContactCounts(meters));
    }
}
