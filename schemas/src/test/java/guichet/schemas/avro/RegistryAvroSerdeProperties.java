package guichet.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

class RegistryAvroSerdeProperties {

    private final RegistryAvroSerde<SpecificRecord> serde = serde();

    @Property(tries = 500)
    void everyEventComesBackAsItWasWritten(@ForAll("events") Schema event, @ForAll long seed)
            throws IOException {
        var record = random(event, seed);

        var bytes = serde.serializer().serialize("topic", record);

        assertThat(serde.deserializer().deserialize("topic", bytes)).isEqualTo(record);
    }

    @Property(tries = 50)
    void threadsThatShareASerdeDoNotMixTheirRecords(@ForAll long seed) {
        var events = EventRecords.onTopics();

        var correct =
                IntStream.range(0, 64)
                        .parallel()
                        .allMatch(
                                i -> {
                                    var record = random(events.get(i % events.size()), seed + i);
                                    var bytes = serde.serializer().serialize("topic", record);
                                    return record.equals(
                                            serde.deserializer().deserialize("topic", bytes));
                                });

        assertThat(correct).isTrue();
    }

    @Property(tries = 500)
    void aRecordCutShortOrTooLongIsAtFault(
            @ForAll("events") Schema event, @ForAll long seed, @ForAll int cut) {
        var bytes = serde.serializer().serialize("topic", random(event, seed));
        var shorter = Arrays.copyOf(bytes, Math.floorMod(cut, bytes.length));
        var longer = Arrays.copyOf(bytes, bytes.length + 1);

        assertThatThrownBy(() -> serde.deserializer().deserialize("topic", shorter))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> serde.deserializer().deserialize("topic", longer))
                .isInstanceOf(SerializationException.class);
    }

    @Property(tries = 2_000)
    void anyBytesAreARecordOrAtFault(@ForAll("events") Schema event, @ForAll byte[] body) {
        var valid = serde.serializer().serialize("topic", random(event, 1));
        var bytes = ByteBuffer.allocate(5 + body.length).put(valid, 0, 5).put(body).array();

        try {
            assertThat(serde.deserializer().deserialize("topic", bytes).getSchema().getFullName())
                    .isEqualTo(event.getFullName());
        } catch (SerializationException atFault) {
            assertThat(atFault).hasMessageContaining("topic");
        }
    }

    @Provide
    Arbitrary<Schema> events() {
        return Arbitraries.of(EventRecords.onTopics());
    }

    private static SpecificRecord random(Schema event, long seed) {
        try {
            var bytes = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            var plain = RegisteredForm.of(event);
            new GenericDatumWriter<>(plain)
                    .write(new RandomData(plain, 1, seed).iterator().next(), encoder);
            var data = SpecificData.getForClass(GeneratedClasses.of(event));
            var decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
            return new SpecificDatumReader<SpecificRecord>(plain, event, data).read(null, decoder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RegistryAvroSerde<SpecificRecord> serde() {
        var serde = new RegistryAvroSerde<SpecificRecord>();
        serde.configure(
                Map.of(
                        "schema.registry.url", "mock://properties",
                        "value.subject.name.strategy", "TopicRecordNameStrategy",
                        "specific.avro.reader", true),
                false);
        return serde;
    }
}
