package guichet.intake.attachments;

import guichet.chassis.door.HeapLimits;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the files of tickets are kept, and how much a ticket may have of them.
 *
 * @param folder where they are received, and, unless {@code s3} says otherwise, kept; copies of the
 *     service may share it
 * @param total size of a ticket's files together; of 1024 bytes a KB
 * @param files how many a ticket may have
 * @param atOnce tickets with files that may be received at once; one beyond that is answered with
 *     429. 0 for two for each MiB of heap, and 1,500 at most
 * @param orphansKeptFor how long a file stays whose ticket did not come to be; 25 hours at least: a
 *     day, after which no retry puts it there again, and an hour for what is on its way
 * @param s3 a bucket to keep them in; null for the folder
 */
@Validated
@ConfigurationProperties("guichet.attachments")
record AttachmentSettings(
        @DefaultValue("attachments") Path folder,
        @DefaultValue("10MB") DataSize total,
        @DefaultValue("10") @Positive @Max(100) int files,
        @DefaultValue("0") @PositiveOrZero int atOnce,
        @DefaultValue("25h") Duration orphansKeptFor,
        @Nullable @Valid S3Settings s3) {

    private static final DataSize MOST = DataSize.ofGigabytes(1);
    private static final Duration LEAST_KEPT_FOR = Duration.ofHours(25);

    AttachmentSettings {
        if (atOnce == 0) {
            atOnce = HeapLimits.forEachMebibyte(2, 1_500);
        }
    }

    @AssertTrue(message = "guichet.attachments.total must be from 1 byte to 1 GB")
    boolean isTotalInRange() {
        return total.toBytes() > 0 && total.compareTo(MOST) <= 0;
    }

    @AssertTrue(message = "guichet.attachments.orphans-kept-for must be 25h or more")
    boolean isLongEnoughForRetries() {
        return orphansKeptFor.compareTo(LEAST_KEPT_FOR) >= 0;
    }

    /**
     * A bucket. Who may use it comes from where the AWS SDK looks: environment, profile or role.
     *
     * @param bucket its name
     * @param region as the SDK names it; one that does not have regions takes any
     * @param endpoint of a store that is not Amazon's; null for Amazon's
     * @param prefix of the keys, such as {@code desk/}
     */
    record S3Settings(
            @NotBlank String bucket,
            @DefaultValue("us-east-1") @NotBlank String region,
            @Nullable URI endpoint,
            @DefaultValue("") String prefix) {}
}
