package guichet.chassis;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings that all services share.
 *
 * @param policy the support policy: {@code support-page}, {@code demo}, or a {@code file:} URI
 * @param topics how topics are brought onto the broker
 */
@Validated
@ConfigurationProperties("guichet")
record DeskSettings(
        @DefaultValue("support-page") @NotBlank String policy,
        @DefaultValue @Valid TopicSettings topics) {

    /**
     * How topics are brought onto the broker.
     *
     * @param create whether a service creates the topics that are missing when it starts
     * @param partitions partitions of each topic keyed by contact; fixed for life at the first
     *     deployment
     * @param replication copies of each partition
     */
    record TopicSettings(
            @DefaultValue("true") boolean create,
            @DefaultValue("24") @Positive int partitions,
            @DefaultValue("3") @Positive short replication) {}
}
