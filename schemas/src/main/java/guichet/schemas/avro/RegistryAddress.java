package guichet.schemas.avro;

import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where a registry is. Equal addresses share one client and one cache of schemas. */
sealed interface RegistryAddress {

    /** {@code mock://scope}. */
    record InMemory(String scope) implements RegistryAddress {}

    /**
     * A registry behind HTTP.
     *
     * @param servers tried in turn, the one that answered last first
     * @param retries how often all servers are tried again
     * @param firstWait before the first retry; doubles with each
     * @param longestWait the wait never grows beyond this
     * @param connectTimeout for the connection to be made
     * @param readTimeout for the whole answer to arrive
     */
    record Remote(
            List<Server> servers,
            int retries,
            Duration firstWait,
            Duration longestWait,
            Duration connectTimeout,
            Duration readTimeout)
            implements RegistryAddress {}

    /**
     * One registry server.
     *
     * @param base without trailing slash and without user info
     * @param authorization value of the {@code Authorization} header
     */
    record Server(URI base, @Nullable Password authorization) {}
}
