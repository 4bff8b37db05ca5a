package guichet.intake.attachments;

import guichet.intake.attachments.AttachmentSettings.S3Settings;
import guichet.intake.requests.KnownTickets;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AttachmentSettings.class)
class AttachmentConfiguration {

    private static final String STAGED = "staged";
    private static final String KEPT = "kept";
    private static final int FILES_A_ROUND = 1_000;

    /** On the volume where files are kept, as they are moved there. */
    @Bean
    Staging staging(AttachmentSettings settings, Supplier<UUID> freshIds) {
        return Staging.in(settings.folder().resolve(STAGED), freshIds);
    }

    @Bean
    AttachmentStore attachmentStore(AttachmentSettings settings) {
        S3Settings s3 = settings.s3();
        return s3 == null
                ? new FolderStore(settings.folder().resolve(KEPT))
                : new S3Store(s3, DefaultCredentialsProvider.builder().build());
    }

    @Bean
    Uploads uploads(
            Staging staging,
            AttachmentStore store,
            AttachmentSettings settings,
            InstantSource clock) {
        return new Uploads(
                staging, store, settings.total(), settings.files(), settings.atOnce(), clock);
    }

    @Bean(initMethod = "start")
    OrphanSweep orphanSweep(
            AttachmentStore store,
            KnownTickets tickets,
            AttachmentSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        return new OrphanSweep(
                store, tickets, settings.orphansKeptFor(), FILES_A_ROUND, clock, meters);
    }
}
