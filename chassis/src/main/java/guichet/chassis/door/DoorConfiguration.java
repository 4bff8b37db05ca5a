package guichet.chassis.door;

import guichet.chassis.traces.MessageSpans;
import guichet.schemas.avro.RegistryAvroSerializer;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.coyote.AbstractProtocol;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/**
 * To be imported by a service with a door of its own, which says its {@link DoorLanguage}; what it
 * needs set is in door.yml.
 */
@Configuration(proxyBeanMethods = false)
@Import({ProblemAdvice.class, ErrorPage.class})
@EnableConfigurationProperties(DoorSettings.class)
public class DoorConfiguration {

    /** Many times what a confirmation takes, and no time for who waits. */
    private static final Duration PATIENCE_WHILE_AWAY = Duration.ofMillis(250);

    private static final String INSISTENT = "insistent";

    private static final int MOST_IN_LINE = 4_096;

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    DoorSecurity doorSecurity(
            JsonMapper json, JwtDecoder tokens, DoorSettings settings, DoorLanguage languages) {
        return new DoorSecurity(
                new ProblemWriter(json, languages),
                // By the system's clock, as Spring's own check of a token's time.
                new VerifiedTokens(tokens, settings.verifiedFor(), InstantSource.system()));
    }

    /** Beside Spring's own checks of signature, time and issuer: a token must not be for ever. */
    @Bean
    OAuth2TokenValidator<Jwt> expiry() {
        return new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull);
    }

    /** Requests are observed as a whole: to observe each filter costs more than all of them do. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** Has a producer of its own. */
    @Bean(defaultCandidate = false)
    @Qualifier(INSISTENT)
    KafkaTemplate<String, SpecificRecord> insistentKafka(
            ProducerFactory<String, SpecificRecord> producers,
            ProducerListener<String, SpecificRecord> listener,
            DoorSettings settings) {
        KafkaTemplate<String, SpecificRecord> kafka =
                new KafkaTemplate<>(
                        producers,
                        Map.of(
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                (int) settings.triedFor().toMillis()));
        kafka.setProducerListener(listener);
        return kafka;
    }

    @Bean
    EventLog eventLog(
            KafkaOperations<String, SpecificRecord> kafka,
            @Qualifier(INSISTENT) KafkaOperations<String, SpecificRecord> insistent,
            @Value("${spring.application.name}") String service,
            DoorSettings settings,
            MeterRegistry meters,
            MessageSpans spans) {
        return new BoundedEventLog(
                new WatchedEventLog(
                        new KafkaEventLog(kafka, insistent, service, spans),
                        settings.confirmedWithin(),
                        PATIENCE_WHILE_AWAY,
                        meters),
                settings.mostInFlight(),
                meters);
    }

    @Bean(initMethod = "start")
    SchemasAtStart schemasHealthIndicator(
            KafkaProperties properties,
            KafkaOperations<String, SpecificRecord> kafka,
            @Qualifier(INSISTENT) KafkaOperations<String, SpecificRecord> insistent,
            @Value("${spring.application.name}") String service) {
        RegistryAvroSerializer<SpecificRecord> serializer = new RegistryAvroSerializer<>();
        serializer.configure(properties.buildProducerProperties(), false);
        return new SchemasAtStart(
                serializer,
                topic -> {
                    kafka.partitionsFor(topic.name());
                    insistent.partitionsFor(topic.name());
                },
                service);
    }

    /**
     * The container's own limit is 8,192 whatever the heap. In line nobody costs memory of ours:
     * the line is the system's, and moves fast.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connections(DoorSettings settings) {
        return tomcat -> {
            tomcat.addConnectorCustomizers(
                    connector -> {
                        AbstractProtocol<?> protocol =
                                (AbstractProtocol<?>) connector.getProtocolHandler();
                        protocol.setMaxConnections(settings.mostConnections());
                        protocol.setAcceptCount(MOST_IN_LINE);
                    });
            tomcat.addEngineValves(new CrowdedConnections(settings.mostConnections()));
        };
    }

    /** Says nothing: the door logs what was not taken, and Boot's own would log what it says. */
    @Bean
    <K, V> ProducerListener<K, V> producerListener() {
        return new ProducerListener<>() {};
    }
}
