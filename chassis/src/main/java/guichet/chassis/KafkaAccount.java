package guichet.chassis;

import jakarta.validation.constraints.NotBlank;

import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Who a service is towards Kafka, under the profile {@code secured}.
 *
 * @param user its name, as the access rules have it
 * @param password its password for SCRAM-SHA-512
 * @param ca certificates in PEM of those who sign the brokers' certificates; null for those that
 *     the JVM trusts
 */
@Validated
@ConfigurationProperties("guichet.kafka")
record KafkaAccount(@NotBlank String user, @NotBlank String password, @Nullable String ca) {

    /** As {@code sasl.jaas.config} wants it. */
    String jaasConfig() {
        return "%s required username=\"%s\" password=\"%s\";"
                .formatted(ScramLoginModule.class.getName(), quoted(user), quoted(password));
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return "KafkaAccount[user=" + user + "]";
    }
}
