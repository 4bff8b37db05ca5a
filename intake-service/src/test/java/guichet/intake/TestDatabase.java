package guichet.intake;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for the tests of this JVM. */
public final class TestDatabase {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private TestDatabase() {}

    private static final class Server {
        private static final EmbeddedPostgres STARTED = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static String url() {
        return "jdbc:postgresql://localhost:%d/postgres?user=postgres"
                .formatted(Server.STARTED.getPort());
    }

    /** The name of a schema that nobody has used. */
    public static String schema() {
        return "test_" + SCHEMAS.incrementAndGet();
    }
}
