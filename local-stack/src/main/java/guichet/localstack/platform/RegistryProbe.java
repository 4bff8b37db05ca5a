package guichet.localstack.platform;

import guichet.schemas.avro.RegistryAvroDeserializer;
import guichet.schemas.avro.RegistryUnavailable;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

import java.nio.ByteBuffer;
import java.util.Map;

/** Learns whether a schema registry that others run is there. */
public final class RegistryProbe {

    private static final byte[] UNKNOWN_SCHEMA =
            ByteBuffer.allocate(5).put((byte) 0).putInt(Integer.MAX_VALUE).array();

    private RegistryProbe() {}

    /**
     * Returns when the registry has answered a question as the services ask them.
     *
     * @param urls of the Confluent API, separated by commas
     * @throws IllegalStateException when none is there; the message says what is wrong
     * @throws org.apache.kafka.common.config.ConfigException when these are no URLs
     */
    public static void check(String urls) {
        try (var reader = new RegistryAvroDeserializer<SpecificRecord>()) {
            reader.configure(Map.of("schema.registry.url", urls), false);
            reader.deserialize("probe", UNKNOWN_SCHEMA);
        } catch (SerializationException anAnswer) {
            // It knows no such schema, so it is a registry.
        } catch (RegistryUnavailable e) {
            throw new IllegalStateException(e.getMessage());
        }
    }
}
