package guichet.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import guichet.events.AgentStatusChanged;
import guichet.events.Presence;
import guichet.events.TicketAnswered;
import guichet.events.TicketSolved;

import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00000000", "0100000001", "7b2261223a317d"})
    void refusesBytesThatAreNotInWireFormat(String hex) {
        assertThatThrownBy(() -> serde(true).deserializer().deserialize("topic", bytes(hex)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("wire format");
    }

    @Test
    void refusesAnIdThatTheRegistryDoesNotKnow() {
        assertThatThrownBy(
                        () -> serde(true).deserializer().deserialize("topic", bytes("0000000063")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("id 99");
    }

    /** A string, then an array, that claim two thousand million items; bad input stops nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "feffffff0f",
                "026100" + "00" + "feffffff0f",
                "026100" + "00" + "02feffffff0f"
            })
    void doesNotReserveTheMemoryThatBytesClaim(String body) {
        var status = new AgentStatusChanged();
        status.setAgentId("a");
        status.setChangedAt(Instant.EPOCH);
        status.setPresence(Presence.AVAILABLE);
        status.setLanguages(List.of());
        status.setCapacity(List.of());
        serde(true).serializer().serialize("topic", status);

        assertThatThrownBy(
                        () ->
                                serde(true)
                                        .deserializer()
                                        .deserialize("topic", bytes("0000000001" + body)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void refusesARecordWithoutARequiredField() {
        assertThatThrownBy(() -> serde(true).serializer().serialize("topic", new TicketAnswered()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("guichet.events.TicketAnswered");
    }

    @Test
    void keepsWorkingAfterARecordAtFault() {
        var serde = serde(true);
        var expected = serde.serializer().serialize("topic", ANSWERED);
        var halfFilled = new TicketAnswered();
        halfFilled.setContactId("t-1");
        assertThatThrownBy(() -> serde.serializer().serialize("topic", halfFilled))
                .isInstanceOf(SerializationException.class);

        assertThat(serde.serializer().serialize("topic", ANSWERED)).isEqualTo(expected);
    }

    @Test
    void asksToBeConfigured() {
        assertThatThrownBy(() -> new RegistryAvroSerializer<>().serialize("topic", ANSWERED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("configure");
        assertThatThrownBy(() -> new RegistryAvroDeserializer<>().deserialize("topic", new byte[5]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("configure");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private RegistryAvroSerde<IndexedRecord> serde(boolean specific) {
        var serde = new RegistryAvroSerde<IndexedRecord>();
        serde.configure(
                Map.of("schema.registry.url", url, "specific.avro.reader", specific), false);
        return serde;
    }
}
