package guichet.intake.requests;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * Where requests are kept for their customers (C3).
 *
 * @param url JDBC URL of a PostgreSQL
 * @param username who signs in there, and owns the schema
 * @param password of that user; empty where the database asks for none, or the URL has it
 * @param schema made where it is missing; a desk needs one of its own
 * @param edition raised by one to have all that the topics still hold read off them again
 * @param shownWithin the longest that an answer waits until its request is shown to its sender, up
 *     to ten seconds
 */
@Validated
@ConfigurationProperties("guichet.requests")
record RequestsSettings(
        @DefaultValue("jdbc:postgresql://localhost:5432/guichet")
                @NotBlank
                @Pattern(
                        regexp = "jdbc:postgresql:.*",
                        message = "must be the JDBC URL of a PostgreSQL: jdbc:postgresql://…")
                String url,
        @DefaultValue("guichet") String username,
        @NotNull(
                        message =
                                "must be set: the password of guichet.requests.username at the"
                                        + " PostgreSQL of guichet.requests.url, best in"
                                        + " /run/secrets/guichet/guichet.requests.password or as"
                                        + " GUICHET_REQUESTS_PASSWORD; empty where it asks for"
                                        + " none, or the URL has it")
                String password,
        @DefaultValue("guichet")
                @Pattern(
                        regexp = "[A-Za-z_][A-Za-z0-9_-]{0,62}",
                        message =
                                "must be 1 to 63 letters, digits, _ or -, not beginning with a digit or -")
                String schema,
        @DefaultValue("1") @Positive int edition,
        @DefaultValue("250ms") @DurationMin(millis = 0) @DurationMax(seconds = 10)
                Duration shownWithin) {

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return "RequestsSettings[schema=" + schema + ", edition=" + edition + "]";
    }
}
