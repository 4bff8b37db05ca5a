package guichet.benchmarks.desk;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * The peer of (e): db-scheduler over PostgreSQL, with the settings and indices that its
 * documentation gives for many executions. What falls due is written to a table; what is answered
 * is taken back. The scheduler runs in this JVM.
 */
final class DbScheduler implements AutoCloseable {

    private static final String DUE = "due";
    private static final int THREADS = 20;
    private static final int CANCELLING_THREADS = 8;

    /** As many connections as may be used at once. */
    private static final int CONNECTIONS = THREADS + CANCELLING_THREADS + 4;

    private static final double FETCH_BELOW = 1.0;
    private static final double FETCH_UP_TO = 6.0;
    private static final Duration POLL = Duration.ofMillis(20);

    private static final int BATCH = 1_000;

    private static final List<String> TABLES =
            List.of(
                    """
                    create table scheduled_tasks (
                      task_name text not null,
                      task_instance text not null,
                      task_data bytea,
                      execution_time timestamp with time zone,
                      picked boolean not null,
                      picked_by text,
                      last_success timestamp with time zone,
                      last_failure timestamp with time zone,
                      consecutive_failures int,
                      last_heartbeat timestamp with time zone,
                      version bigint not null,
                      priority smallint,
                      state text,
                      primary key (task_name, task_instance)
                    )""",
                    "create index execution_time_idx on scheduled_tasks (execution_time)",
                    "create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)",
                    """
                    create table outcomes (
                      owner text not null,
                      due timestamp with time zone not null,
                      written_at timestamp with time zone not null
                    )""");

    private final EmbeddedPostgres postgres;
    private final HikariDataSource connections;
    private final OneTimeTask<Void> task;
    private final SchedulerClient client;
    private final Scheduler scheduler;

    private DbScheduler(EmbeddedPostgres postgres) throws SQLException {
        this.postgres = postgres;
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(postgres.getPostgresDatabase());
        pool.setMaximumPoolSize(CONNECTIONS);
        this.connections = new HikariDataSource(pool);
        for (String table : TABLES) {
            execute(table);
        }
        this.task =
                Tasks.oneTime(DUE)
                        .execute(
                                (instance, context) ->
                                        write(
                                                instance.getId(),
                                                context.getExecution().executionTime));
        this.client = SchedulerClient.Builder.create(connections, task).build();
        this.scheduler =
                Scheduler.create(connections, task)
                        .threads(THREADS)
                        .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                        .pollingInterval(POLL)
                        .build();
        scheduler.start();
    }

    /**
     * Starts PostgreSQL and the scheduler. What is committed outlives the database's process but
     * not the machine, as with Kafka: the system has it, and nobody waits for the disk.
     */
    static DbScheduler start(Path folder) throws IOException, SQLException {
        EmbeddedPostgres postgres =
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder.toAbsolutePath())
                        .setServerConfig("fsync", "off")
                        .setServerConfig("shared_buffers", "1GB")
                        .setServerConfig("max_wal_size", "4GB")
                        .setServerConfig("max_connections", "100")
                        .start();
        return new DbScheduler(postgres);
    }

    /** Lets so many be open that fall due tomorrow. */
    void fill(int count) throws SQLException {
        execute(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                select '%s', gen_random_uuid()::text, now() + interval '1 day', false, 1
                from generate_series(1, %d)
                """
                        .formatted(DUE, count));
        execute("vacuum analyze scheduled_tasks");
    }

    /** Schedules all of a load, in batches. */
    void schedule(Load load) {
        for (int first = 0; first < load.count(); first += BATCH) {
            List<SchedulableInstance<?>> some =
                    IntStream.range(first, Math.min(first + BATCH, load.count()))
                            .<SchedulableInstance<?>>mapToObj(
                                    number ->
                                            SchedulableInstance.of(
                                                    task.instance(load.owner(number)),
                                                    Instant.ofEpochMilli(load.due(number))))
                            .toList();
            client.scheduleBatch(some);
        }
    }

    /** Takes back what is answered, each at its time. */
    void answerInTime(Load load, Outcomes outcomes) throws InterruptedException {
        try (ExecutorService cancelling = Executors.newFixedThreadPool(CANCELLING_THREADS)) {
            for (int number : load.answers()) {
                Wait.untilClockSays(load.answerAt(number));
                cancelling.execute(() -> cancel(load, number, outcomes));
            }
        }
    }

    private void cancel(Load load, int number, Outcomes outcomes) {
        try {
            client.cancel(TaskInstanceId.of(DUE, load.owner(number)));
            outcomes.answered(number, System.currentTimeMillis());
        } catch (DbSchedulerException tooLate) {
            // It is being executed, or has been.
            outcomes.answered(number, Long.MAX_VALUE);
        }
    }

    /** Waits until nothing of a load is left to be executed. */
    void awaitExecuted(Load load, Duration patience) throws InterruptedException {
        Wait.until(
                "db-scheduler has executed what was due",
                patience,
                () -> !isLeftUntil(load.lastDue()));
    }

    private boolean isLeftUntil(long due) {
        try (Connection connection = connections.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select exists (select from scheduled_tasks where"
                                        + " execution_time <= ?)")) {
            query.setTimestamp(1, new Timestamp(due));
            try (ResultSet answer = query.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads what came out of a load, and forgets it. */
    void read(Load load, Outcomes outcomes) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement query = connection.createStatement();
                ResultSet rows =
                        query.executeQuery("select owner, due, written_at from outcomes")) {
            while (rows.next()) {
                if (load.has(rows.getString(1))) {
                    outcomes.fired(
                            Owners.number(rows.getString(1)),
                            rows.getTimestamp(2).getTime(),
                            rows.getTimestamp(3).getTime());
                }
            }
        }
        execute("truncate outcomes");
    }

    private void write(String owner, Instant due) {
        try (Connection connection = connections.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into outcomes values (?, ?, clock_timestamp())")) {
            insert.setString(1, owner);
            insert.setTimestamp(2, Timestamp.from(due));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        scheduler.stop();
        connections.close();
        postgres.close();
    }
}
