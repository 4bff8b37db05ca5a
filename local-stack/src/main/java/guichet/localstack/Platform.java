package guichet.localstack;

import org.jspecify.annotations.Nullable;

/**
 * What runs already and the desk is to use; it starts what is missing here itself.
 *
 * @param kafka bootstrap servers of a Kafka; null for a broker of the desk's own
 * @param registry URLs, separated by commas, of the Confluent API of a schema registry; null for a
 *     registry of the desk's own
 * @param database JDBC URL of a PostgreSQL; null for one of the desk's own
 */
public record Platform(
        @Nullable String kafka, @Nullable String registry, @Nullable String database) {

    /** Nothing runs already. */
    public static final Platform OWN = new Platform(null, null, null);
}
