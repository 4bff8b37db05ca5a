package guichet.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.events.TicketSolved;

import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;

class SubjectNamingTest {

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, false, support.tickets-value",
        "TopicNameStrategy, true, support.tickets-key",
        "RecordNameStrategy, false, guichet.events.TicketSolved",
        "RecordNameStrategy, true, guichet.events.TicketSolved",
        "TopicRecordNameStrategy, false, support.tickets-guichet.events.TicketSolved",
        "TopicRecordNameStrategy, true, support.tickets-guichet.events.TicketSolved",
    })
    void namesSubjectsAsConfluentDoes(String strategy, boolean isKey, String subject) {
        var key = (isKey ? "key" : "value") + ".subject.name.strategy";
        var name = "io.confluent.kafka.serializers.subject." + strategy;

        assertThat(naming(Map.of(key, name), isKey)).isEqualTo(subject);
        assertThat(naming(Map.of(key, strategy), isKey)).isEqualTo(subject);
    }

    @Test
    void namesSubjectsForTopicsUnlessToldOtherwise() {
        assertThat(naming(Map.of(), false)).isEqualTo("support.tickets-value");
    }

    @Test
    void takesNoClassButConfluents() {
        assertThatThrownBy(() -> naming(Map.of("value.subject.name.strategy", String.class), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.subject.name.strategy")
                .hasMessageContaining("TopicRecordNameStrategy");
    }

    private static String naming(Map<String, ?> strategy, boolean isKey) {
        var configs = new HashMap<String, Object>(strategy);
        configs.put("schema.registry.url", "mock://naming");
        return RegistrySettings.of(configs, isKey)
                .subjects()
                .subject("support.tickets", isKey, TicketSolved.getClassSchema());
    }
}
