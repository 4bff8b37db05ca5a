package guichet.schemas.avro;

import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

import java.util.Arrays;

/** Confluent's three strategies for the subject under which a topic's schemas are kept. */
enum SubjectNaming {
    /** One record type a topic: {@code <topic>-value}. */
    TOPIC("TopicNameStrategy") {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return topic + (isKey ? "-key" : "-value");
        }
    },
    /** One history of a record type, whatever the topic: {@code <record's full name>}. */
    RECORD("RecordNameStrategy") {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return schema.getFullName();
        }
    },
    /** Several record types a topic: {@code <topic>-<record's full name>}. */
    TOPIC_RECORD("TopicRecordNameStrategy") {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return topic + "-" + schema.getFullName();
        }
    };

    static final String CONFLUENT_PACKAGE = "io.confluent.kafka.serializers.subject.";

    private final String strategy;

    SubjectNaming(String strategy) {
        this.strategy = strategy;
    }

    abstract String subject(String topic, boolean isKey, Schema schema);

    /** Reads a strategy given as Confluent's class, its name, or its simple name. */
    static SubjectNaming of(String key, Object value) {
        var name = value instanceof Class<?> type ? type.getName() : value.toString().strip();
        return Arrays.stream(values())
                .filter(
                        naming ->
                                name.equals(naming.strategy)
                                        || name.equals(CONFLUENT_PACKAGE + naming.strategy))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ConfigException(
                                        key,
                                        name,
                                        "use TopicNameStrategy, RecordNameStrategy or"
                                                + " TopicRecordNameStrategy, with or without "
                                                + CONFLUENT_PACKAGE));
    }
}
