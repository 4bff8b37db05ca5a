package guichet.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import java.util.Map;

class InternalTopicsTest {

    private static final String IN_SYNC = "topic.min.insync.replicas";

    @Import(InternalTopics.class)
    @ImportAutoConfiguration(KafkaAutoConfiguration.class)
    static class Clients {}

    @Test
    void outliveTheLossOfABrokerWhereThereAreThree() {
        assertThat(streams()).containsEntry(IN_SYNC, "2");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "5, 4"})
    void askForOneCopyLessThanThereAreButForOne(int replication, String inSync) {
        assertThat(streams("--guichet.topics.replication=" + replication))
                .containsEntry(IN_SYNC, inSync);
    }

    @Test
    void areLeftToTheBrokersWhereTheirReplicationIs() {
        assertThat(streams("--spring.kafka.streams.replication-factor=-1"))
                .doesNotContainKey(IN_SYNC);
    }

    @Test
    void areAsSafeAsSomebodyAsksFor() {
        assertThat(streams("--spring.kafka.streams.properties." + IN_SYNC + "=3"))
                .containsEntry(IN_SYNC, "3");
    }

    private static Map<String, Object> streams(String... arguments) {
        try (ConfigurableApplicationContext service =
                new SpringApplicationBuilder(Clients.class)
                        .web(WebApplicationType.NONE)
                        .properties(
                                "spring.config.name=chassis",
                                "spring.application.name=some-service",
                                "logging.level.org.springframework=off")
                        .run(arguments)) {
            return service.getBean(KafkaProperties.class).buildStreamsProperties();
        }
    }
}
