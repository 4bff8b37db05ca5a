package guichet.schemas.avro;

import org.apache.avro.Schema;

/**
 * The four questions a serde asks. Each call throws {@link RegistryUnavailable} when there is no
 * answer, and {@link org.apache.kafka.common.errors.SerializationException} when the answer is no.
 */
interface SchemaRegistry extends AutoCloseable {

    /** A schema as the registry keeps it. */
    record Registered(int id, Schema schema) {}

    /** Adds the schema to the subject unless it is there; returns its id. */
    int register(String subject, Schema schema, boolean normalize);

    /** The id of a schema that the subject has. */
    int find(String subject, Schema schema, boolean normalize);

    /** The newest schema of the subject. */
    Registered latest(String subject);

    /** The schema with this id. */
    Schema byId(int id);

    @Override
    default void close() {}
}
