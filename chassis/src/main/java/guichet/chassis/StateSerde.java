package guichet.chassis;

import guichet.schemas.avro.GeneratedClasses;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/**
 * How a service keeps its own state: Avro's single-object encoding, which names the schema by its
 * fingerprint. State is private to a service, so it needs no registry: the schemas that earlier
 * releases wrote lie beside the code, as {@code /state/<full name>/<version>.avsc} from 1 on.
 */
public final class StateSerde {

    static {
        GeneratedClasses.trust();
    }

    private StateSerde() {}

    public static <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        Schema schema = model.getSchema(type);
        BinaryMessageEncoder<T> encoder = new BinaryMessageEncoder<>(model, schema);
        BinaryMessageDecoder<T> decoder = new BinaryMessageDecoder<>(model, schema);
        released(type).forEach(decoder::addSchema);
        return Serdes.serdeFrom(
                (topic, state) -> {
                    try {
                        return state == null ? null : encoder.encode(state).array();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                (topic, bytes) -> {
                    try {
                        return bytes == null ? null : decoder.decode(bytes);
                    } catch (IOException | AvroRuntimeException e) {
                        // A newer release wrote it, or it is damaged. No event is at fault for
                        // that:
                        // the partition stands until a copy comes that can read it.
                        throw new StreamsException(
                                "the state of a " + type.getName() + " cannot be read", e);
                    }
                });
    }

    /** The schemas of that state that releases have written, oldest first. */
    static List<Schema> released(Class<?> type) {
        List<Schema> schemas = new ArrayList<>();
        URL file = version(type, 1);
        while (file != null) {
            try (InputStream in = file.openStream()) {
                schemas.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
            file = version(type, schemas.size() + 1);
        }
        return schemas;
    }

    private static @Nullable URL version(Class<?> type, int version) {
        return type.getResource("/state/%s/%d.avsc".formatted(type.getName(), version));
    }
}
