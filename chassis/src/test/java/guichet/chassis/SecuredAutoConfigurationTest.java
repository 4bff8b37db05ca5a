package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ConfigurableApplicationContext;

import java.util.Map;
import java.util.stream.Stream;

class SecuredAutoConfigurationTest {

    private static final String PASSWORD = "--guichet.kafka.password=";

    @ImportAutoConfiguration({SecuredAutoConfiguration.class, KafkaAutoConfiguration.class})
    static class Clients {}

    @Test
    void everyKindOfClientComesOverTlsAndSignsInByTheNameOfItsService() {
        try (ConfigurableApplicationContext service =
                start("secured", PASSWORD + "s3cret", "--guichet.kafka.ca=-----BEGIN")) {
            KafkaProperties kafka = service.getBean(KafkaProperties.class);

            assertThat(
                            Stream.of(
                                    kafka.buildAdminProperties(),
                                    kafka.buildConsumerProperties(),
                                    kafka.buildProducerProperties(),
                                    kafka.buildStreamsProperties()))
                    .allSatisfy(
                            client ->
                                    assertThat(client)
                                            .containsAllEntriesOf(
                                                    Map.of(
                                                            "security.protocol", "SASL_SSL",
                                                            "sasl.mechanism", "SCRAM-SHA-512",
                                                            "ssl.truststore.type", "PEM",
                                                            "ssl.truststore.certificates",
                                                                    "-----BEGIN"))
                                            .extractingByKey("sasl.jaas.config")
                                            .asString()
                                            .contains("username=\"some-service\"")
                                            .contains("password=\"s3cret\""));
        }
    }

    @Test
    void aPasswordMayHaveAnyCharacter() {
        assertThat(new KafkaAccount("a", "q\"b\\s", null).jaasConfig())
                .endsWith("password=\"q\\\"b\\\\s\";");
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertThat(new KafkaAccount("a", "s3cret", null)).asString().doesNotContain("s3cret");
    }

    @Test
    void withoutAPasswordTheServiceDoesNotStart() {
        assertThatThrownBy(() -> start("secured"))
                .rootCause()
                .isInstanceOf(BindValidationException.class)
                .hasMessageContaining("guichet.kafka")
                .hasMessageContaining("password");
    }

    @Test
    void withoutTheProfileNothingChanges() {
        try (ConfigurableApplicationContext service = start("default")) {
            assertThat(service.getBean(KafkaProperties.class).buildConsumerProperties())
                    .doesNotContainKeys("security.protocol", "sasl.mechanism", "sasl.jaas.config");
        }
    }

    private static ConfigurableApplicationContext start(String profile, String... arguments) {
        return new SpringApplicationBuilder(Clients.class)
                .web(WebApplicationType.NONE)
                .profiles(profile)
                .properties(
                        "spring.config.name=chassis",
                        "spring.application.name=some-service",
                        "logging.level.org.springframework=off")
                .run(arguments);
    }
}
