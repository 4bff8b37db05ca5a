package guichet.intake.requests;

import guichet.schemas.Topics;
import guichet.schemas.avro.RegistryAvroDeserializer;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaOperations;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestsSettings.class)
class RequestsConfiguration {

    @Bean(initMethod = "start")
    RequestsDatabase requestsDatabase(RequestsSettings settings) {
        return new RequestsDatabase(settings);
    }

    @Bean
    RequestTable requestTable(RequestsDatabase database) {
        return new RequestTable(database);
    }

    @Bean
    ErasureTable erasureTable(RequestsDatabase database) {
        return new ErasureTable(database);
    }

    @Bean
    ChangeWriter changeWriter(RequestsDatabase database, ErasureTable erasures) {
        return new ChangeWriter(database, erasures);
    }

    /** Kafka itself says how many partitions must have been read. */
    @Bean
    KnownTickets knownTickets(
            RequestsDatabase database, KafkaOperations<String, SpecificRecord> kafka) {
        return new TicketRecords(database, () -> kafka.partitionsFor(Topics.TICKETS.name()).size());
    }

    @Bean
    RecentWaits recentWaits(RequestTable requests, InstantSource clock) {
        return new MeasuredWaits(requests, clock);
    }

    @Bean(initMethod = "start")
    AtOnce atOnce(RequestsSettings settings, RequestsDatabase database, ChangeWriter writer) {
        return new AtOnce(database, writer, settings.shownWithin());
    }

    @Bean
    QuickLook quickLook(RequestTable requests) {
        return new QuickLook(requests);
    }

    @Bean(initMethod = "start")
    RequestsReader requestsReader(
            RequestsSettings settings,
            RequestsDatabase database,
            ChangeWriter writer,
            ErasureTable erasures,
            KafkaProperties kafka,
            MeterRegistry meters) {
        Deserializer<SpecificRecord> events = new RegistryAvroDeserializer<>();
        events.configure(kafka.getProperties(), false);
        return new RequestsReader(
                database,
                new Projection(
                        new Progress(database, writer),
                        writer,
                        erasures,
                        events,
                        new ProjectionMeters(meters),
                        settings.shownWithin()),
                consumers(kafka, settings));
    }

    /** Up in any case: contacts are taken without it. */
    @Bean
    HealthIndicator requestsHealthIndicator(RequestsDatabase database) {
        return () ->
                database.isThere()
                        ? Health.up().build()
                        : Health.up()
                                .withDetail(
                                        "requests",
                                        "The tables are not ready; /api/requests answers 503")
                                .build();
    }

    /** Those who keep requests in different schemas each read everything. */
    private static Supplier<Consumer<byte[], byte[]>> consumers(
            KafkaProperties kafka, RequestsSettings settings) {
        Map<String, Object> config = kafka.buildConsumerProperties();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, "intake-service.requests." + settings.schema());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
        // A killed copy's partitions move as soon as those of the streams: ADR 10.
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        return () ->
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
