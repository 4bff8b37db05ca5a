package guichet.chassis;

import guichet.chassis.traces.MessageSpans;
import guichet.deadlines.Broadcast;
import guichet.deadlines.TrackingClients;
import guichet.schemas.avro.RegistryAvroSerde;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.EnableKafkaStreams;
import org.springframework.kafka.config.KafkaStreamsInfrastructureCustomizer;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;
import org.springframework.kafka.core.KafkaAdmin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the parts of a service, each a {@link DeskTopology}, in their order. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@ConditionalOnBean(DeskTopology.class)
@EnableKafkaStreams
@Import(InternalTopics.class)
class StreamsAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StreamsAutoConfiguration.class);

    @Bean
    Serde<SpecificRecord> eventSerde(KafkaProperties kafka) {
        Serde<SpecificRecord> serde = new RegistryAvroSerde<>();
        serde.configure(kafka.getProperties(), false);
        return serde;
    }

    /** Before Kafka Streams starts: a missing source topic would shut it down. */
    @Bean
    TopicsAtStart topicsAtStart(KafkaAdmin admin, DeskSettings settings) {
        return new TopicsAtStart(admin.getConfigurationProperties(), settings.topics());
    }

    @Bean(initMethod = "start")
    ReplicationWatch replicationWatch(
            KafkaAdmin admin, MeterRegistry meters, TopicsAtStart topicsAreThere) {
        return new ReplicationWatch(Admin.create(admin.getConfigurationProperties()), meters);
    }

    @Bean
    StreamsBuilderFactoryBeanConfigurer deskStreams(
            List<DeskTopology> parts,
            Serde<SpecificRecord> events,
            @Value("${spring.kafka.streams.state-dir}") Path stateFolder,
            ObjectProvider<Broadcast> broadcast,
            MeterRegistry meters,
            MessageSpans spans,
            ApplicationContext application) {
        TrackingClients clients =
                new TrackingClients(broadcast.getIfAvailable(Broadcast::none), meters);
        return factory -> {
            createFolder(stateFolder);
            factory.setClientSupplier(clients);
            factory.setInfrastructureCustomizer(
                    new KafkaStreamsInfrastructureCustomizer() {
                        @Override
                        public void configureTopology(Topology topology) {
                            parts.forEach(
                                    part -> part.addTo(topology, events, clients, meters, spans));
                        }
                    });
            factory.setLeaveGroupOnClose(true);
            factory.setStreamsUncaughtExceptionHandler(
                    failure -> {
                        log.error(
                                "a stream thread failed; another takes its place",
                                Wordless.of(failure));
                        return StreamThreadExceptionResponse.REPLACE_THREAD;
                    });
            factory.setStateListener(
                    (now, before) -> {
                        if (now == KafkaStreams.State.ERROR) {
                            AvailabilityChangeEvent.publish(application, LivenessState.BROKEN);
                        }
                    });
        };
    }

    /**
     * Services that share the folder may start at the same moment; Kafka Streams fails when another
     * creates it between its look and its own try.
     */
    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "spring.kafka.streams.state-dir: cannot create " + folder, e);
        }
    }

    @Bean
    HealthIndicator streamsHealthIndicator(StreamsBuilderFactoryBean streams) {
        return new StreamsHealthIndicator(streams::getKafkaStreams);
    }
}
