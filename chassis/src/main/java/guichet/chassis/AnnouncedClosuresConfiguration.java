package guichet.chassis;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Duration;

/** To be imported by a service that heeds the closures announced at run time (H6). */
@Configuration(proxyBeanMethods = false)
public class AnnouncedClosuresConfiguration {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** After the topics are there, before Kafka Streams starts. */
    @Bean
    AnnouncedClosures announcedClosures(
            KafkaProperties kafka, Serde<SpecificRecord> events, TopicsAtStart topicsAreThere)
            throws InterruptedException {
        AnnouncedClosures closures =
                new AnnouncedClosures(new PlainConsumers(kafka), events.deserializer());
        closures.start(PATIENCE);
        return closures;
    }
}
