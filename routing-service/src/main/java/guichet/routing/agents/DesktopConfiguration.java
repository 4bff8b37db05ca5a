package guichet.routing.agents;

import guichet.chassis.PlainConsumers;
import guichet.schemas.avro.RegistryAvroDeserializer;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the door meets {@code support.desktops}. */
@Configuration(proxyBeanMethods = false)
class DesktopConfiguration {

    @Bean
    DesktopReader desktopReader(KafkaProperties kafka, Desktops desktops) {
        return new DesktopReader(new PlainConsumers(kafka), events(kafka), desktops);
    }

    @Bean
    DesktopHistory desktopHistory(KafkaProperties kafka) {
        return new KafkaDesktopHistory(new PlainConsumers(kafka), events(kafka));
    }

    private static Deserializer<SpecificRecord> events(KafkaProperties kafka) {
        Deserializer<SpecificRecord> events = new RegistryAvroDeserializer<>();
        events.configure(kafka.getProperties(), false);
        return events;
    }
}
