package guichet.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;

import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;

import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

class RegistryAvroSerdeTest {

    private static final TicketAnswered ANSWERED =
            new TicketAnswered("t-1", Instant.ofEpochMilli(1_000), "ana");

    private String url;

    @BeforeEach
    void nameScope(TestInfo test) {
        url = "mock://" + getClass().getSimpleName() + test.getDisplayName();
    }

    @Test
    void writesConfluentsWireFormat() {
        var bytes = serde(true).serializer().serialize("topic", ANSWERED);

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("00" + "00000001" + "06742d31" + "d00f" + "06616e61");
    }

    @Test
    void readsWhatItWrote() {
        var serde = serde(true);

        var bytes = serde.serializer().serialize("topic", ANSWERED);

        assertThat(serde.deserializer().deserialize("topic", bytes)).isEqualTo(ANSWERED);
    }

    @Test
    void givesEachRecordTypeOfATopicItsOwnId() {
        var serde = serde(true);
        var solved = new TicketSolved("t-1", Instant.ofEpochMilli(2_000), null);

        var first = serde.serializer().serialize("topic", ANSWERED);
        var second = serde.serializer().serialize("topic", solved);

        assertThat(ByteBuffer.wrap(first, 1, 4).getInt()).isEqualTo(1);
        assertThat(ByteBuffer.wrap(second, 1, 4).getInt()).isEqualTo(2);
        assertThat(serde.deserializer().deserialize("topic", second)).isEqualTo(solved);
    }

    @Test
    void readsGenericRecordsUnlessToldOtherwise() {
        var bytes = serde(true).serializer().serialize("topic", ANSWERED);

        var read = (GenericRecord) serde(false).deserializer().deserialize("topic", bytes);

        assertThat(read.get("contactId")).hasToString("t-1");
        assertThat(read.get("answeredAt")).isEqualTo(1_000L);
    }

    @Test
    void writesAGenericRecordAsItWouldTheGeneratedOne() {
        var generic = new GenericData.Record(TicketAnswered.getClassSchema());
        generic.put("contactId", "t-1");
        generic.put("answeredAt", 1_000L);
        generic.put("agentId", "ana");

        var bytes = serde(true).serializer().serialize("topic", generic);

        assertThat(bytes).isEqualTo(serde(true).serializer().serialize("topic", ANSWERED));
    }

    @Test
    void leavesNullAlone() {
        assertThat(serde(true).serializer().serialize("topic", null)).isNull();
        assertThat(serde(true).deserializer().deserialize("topic", null)).isNull();
    }

    private RegistryAvroSerde<IndexedRecord> serde(boolean specific) {
        var serde = new RegistryAvroSerde<IndexedRecord>();
        serde.configure(
                Map.of("schema.registry.url", url, "specific.avro.reader", specific), false);
        return serde;
    }
}
