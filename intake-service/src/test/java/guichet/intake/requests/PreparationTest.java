package guichet.intake.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import guichet.intake.TestDatabase;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tables that take long to be made ready, in a real PostgreSQL. */
class PreparationTest {

    /** Longer than a statement of a customer's, and than its connection waits for an answer. */
    private static final Duration LONG = Duration.ofSeconds(11);

    @Test
    void takesAsLongAsTheTablesNeed() throws Exception {
        String schema = TestDatabase.schema();
        KeptRequests.open(schema, 1).close();
        try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor();
                Connection watching = DriverManager.getConnection(TestDatabase.url());
                Connection other = DriverManager.getConnection(TestDatabase.url())) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("lock table %s.request in access exclusive mode".formatted(schema));

            Future<KeptRequests> later = starting.submit(() -> KeptRequests.open(schema, 2));

            await().atMost(LONG.multipliedBy(3)).until(() -> oneHasWaitedLong(watching));
            assertThat(later).isNotDone();
            other.commit();
            try (KeptRequests kept = later.get()) {
                assertThat(kept.database().isThere()).isTrue();
            }
        }
    }

    private static boolean oneHasWaitedLong(Connection watching) throws SQLException {
        try (ResultSet row =
                watching.createStatement()
                        .executeQuery(
                                """
                                select exists (select 1 from pg_stat_activity
                                  where application_name = 'guichet-intake' and wait_event_type = 'Lock'
                                    and query like 'delete from request %%'
                                    and query_start < clock_timestamp() - interval '%d seconds')"""
                                        .formatted(LONG.toSeconds()))) {
            return row.next() && row.getBoolean(1);
        }
    }
}
