package guichet.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.events.TicketSolved;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;

/** Records written by another version of the contract, or by a stranger, read as our classes. */
class EvolutionTest {

    private static final Map<String, Object> SETTINGS =
            Map.of(
                    "schema.registry.url", "mock://evolution",
                    "value.subject.name.strategy", "TopicRecordNameStrategy",
                    "specific.avro.reader", true);

    @Test
    void dropsAFieldThatOnlyTheWriterKnows() {
        var newer = ticketSolved().name("mood").type().stringType().noDefault().endRecord();
        var record = solved(newer);
        record.put("agentId", "ana");
        record.put("mood", "relieved");

        assertThat(readBack(record))
                .isEqualTo(new TicketSolved("t-1", Instant.ofEpochMilli(1_000), "ana"));
    }

    @Test
    void fillsAFieldThatTheWriterDoesNotKnow() {
        var older =
                SchemaBuilder.record("TicketSolved")
                        .namespace("guichet.events")
                        .fields()
                        .requiredString("contactId")
                        .name("solvedAt")
                        .type(TicketSolved.getClassSchema().getField("solvedAt").schema())
                        .noDefault()
                        .endRecord();

        assertThat(readBack(solved(older)))
                .isEqualTo(new TicketSolved("t-1", Instant.ofEpochMilli(1_000), null));
    }

    @Test
    void blamesTheRecordWhenItsWriterLeftOutWhatWeNeed() {
        var broken =
                SchemaBuilder.record("TicketSolved")
                        .namespace("guichet.events")
                        .fields()
                        .requiredString("contactId")
                        .endRecord();
        var record = new GenericData.Record(broken);
        record.put("contactId", "t-1");

        assertThatThrownBy(() -> readBack(record))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("solvedAt");
    }

    @Test
    void blamesTheRecordWhenWeHaveNoClassForIt() {
        var stranger = SchemaBuilder.record("Stranger").namespace("elsewhere").fields().endRecord();

        assertThatThrownBy(() -> readBack(new GenericData.Record(stranger)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("elsewhere.Stranger")
                .hasMessageContaining("specific.avro.reader");
    }

    @Test
    void makesNoClassThatAvroDidNotGenerate() {
        var disguised =
                SchemaBuilder.record("ProcessBuilder").namespace("java.lang").fields().endRecord();

        assertThatThrownBy(() -> readBack(new GenericData.Record(disguised)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.ProcessBuilder");
    }

    private static SchemaBuilder.FieldAssembler<Schema> ticketSolved() {
        var fields = SchemaBuilder.record("TicketSolved").namespace("guichet.events").fields();
        TicketSolved.getClassSchema()
                .getFields()
                .forEach(field -> fields.name(field.name()).type(field.schema()).noDefault());
        return fields;
    }

    private static GenericRecord solved(Schema schema) {
        var record = new GenericData.Record(schema);
        record.put("contactId", "t-1");
        record.put("solvedAt", 1_000L);
        return record;
    }

    private static SpecificRecord readBack(GenericRecord record) {
        try (var serializer = new RegistryAvroSerializer<GenericRecord>();
                var deserializer = new RegistryAvroDeserializer<SpecificRecord>()) {
            serializer.configure(SETTINGS, false);
            deserializer.configure(SETTINGS, false);
            return deserializer.deserialize("topic", serializer.serialize("topic", record));
        }
    }
}
