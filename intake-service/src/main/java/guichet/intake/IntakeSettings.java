package guichet.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of this service.
 *
 * @param policy the support policy: support-page, demo, or the file: URI of a policy file
 */
@ConfigurationProperties("guichet")
record IntakeSettings(@DefaultValue("support-page") String policy) {}
