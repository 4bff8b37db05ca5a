package guichet.chassis;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Duration;
import java.util.Map;

/** To be imported by a service that heeds the closures announced at run time (H6). */
@Configuration(proxyBeanMethods = false)
public class AnnouncedClosuresConfiguration {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** After the topics are there, before Kafka Streams starts. */
    @Bean
    AnnouncedClosures announcedClosures(
            KafkaProperties kafka, Serde<SpecificRecord> events, TopicsAtStart topicsAreThere)
            throws InterruptedException {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        AnnouncedClosures closures =
                new AnnouncedClosures(
                        () ->
                                new KafkaConsumer<>(
                                        settings,
                                        new ByteArrayDeserializer(),
                                        new ByteArrayDeserializer()),
                        events.deserializer());
        closures.start(PATIENCE);
        return closures;
    }
}
