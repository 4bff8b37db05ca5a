package guichet.intake.requests;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import guichet.chassis.Wordless;
import guichet.schemas.Topics;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

/**
 * PostgreSQL, which may be away when the service starts and at any time after. While it is away one
 * thread looks for it, and nobody else waits; when it comes back, that thread brings its schema up
 * to date.
 */
final class RequestsDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RequestsDatabase.class);

    /** Customers come in crowds, and what is read off the topics must not wait for them. */
    static final int MOST_QUESTIONS_AT_ONCE = 5;

    private static final int MOST_CHANGES_AT_ONCE = 3;

    /** Flyway holds its lock on one and migrates on the other. */
    private static final int CONNECTIONS_TO_PREPARE = 2;

    private static final Duration TO_GET_A_CONNECTION = Duration.ofSeconds(1);
    private static final Duration FOR_A_STATEMENT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** A later edition keeps what began longer ago, as the topics may no longer have all of it. */
    private static final Duration READ_AGAIN = Topics.PERSONAL_DATA_STAYS.minusDays(1);

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final RequestsSettings settings;
    private final HikariDataSource connections;
    private final NamedParameterJdbcTemplate statements;
    private final TransactionTemplate transactions;
    private final Semaphore questions = new Semaphore(MOST_QUESTIONS_AT_ONCE, true);
    private final Semaphore changes = new Semaphore(MOST_CHANGES_AT_ONCE, true);
    private final Thread keeper;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean there;
    private volatile @Nullable HikariDataSource preparing;

    RequestsDatabase(RequestsSettings settings) {
        this.settings = settings;
        this.connections = new HikariDataSource(forCustomers(settings));
        JdbcTemplate jdbc = new JdbcTemplate(connections);
        jdbc.setQueryTimeout((int) FOR_A_STATEMENT.toSeconds());
        this.statements = new NamedParameterJdbcTemplate(jdbc);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(connections));
        this.keeper = Thread.ofPlatform().daemon().name("requests-database").unstarted(this::keep);
    }

    private static HikariConfig forCustomers(RequestsSettings settings) {
        HikariConfig pool = pool(settings);
        pool.setPoolName("requests");
        pool.setMaximumPoolSize(MOST_QUESTIONS_AT_ONCE + MOST_CHANGES_AT_ONCE);
        pool.addDataSourceProperty("socketTimeout", "10");
        return pool;
    }

    /** No customer waits for it, and it takes as long as the tables are large. */
    private static HikariConfig toPrepare(RequestsSettings settings) {
        HikariConfig pool = pool(settings);
        pool.setPoolName("requests-tables");
        pool.setMaximumPoolSize(CONNECTIONS_TO_PREPARE);
        return pool;
    }

    private static HikariConfig pool(RequestsSettings settings) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(settings.url());
        pool.setUsername(settings.username());
        pool.setPassword(settings.password());
        pool.setSchema(settings.schema());
        // Nothing is opened before it is needed: an empty pool does not look for a lost database.
        pool.setMinimumIdle(0);
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(TO_GET_A_CONNECTION.toMillis());
        pool.addDataSourceProperty("ApplicationName", "guichet-intake");
        pool.addDataSourceProperty("connectTimeout", "1");
        pool.addDataSourceProperty("loginTimeout", "2");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        return pool;
    }

    /** Begins to look for the database. */
    void start() {
        keeper.start();
    }

    /** Whether the database answered when it was last asked. */
    boolean isThere() {
        return there;
    }

    /**
     * Waits for the database.
     *
     * @return whether it is there; else everything is being closed
     */
    boolean await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!there && isOpen()) {
                changed.await();
            }
            return isOpen();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks the database something.
     *
     * @throws RequestsUnavailable where it does not answer, or too many ask; at once while it is
     *     known to be away
     */
    <T> T ask(Function<NamedParameterJdbcTemplate, T> question) {
        return guarded(questions, () -> question.apply(statements));
    }

    /**
     * Does something in one transaction. However many customers ask, connections are kept free for
     * this.
     *
     * @return what {@code work} returns
     * @throws RequestsUnavailable where the database does not answer, or too many change something;
     *     at once while it is known to be away
     * @throws RefusedData where it does, and does not take what it is given
     */
    <T> T change(Function<NamedParameterJdbcTemplate, T> work) {
        return guarded(
                changes,
                () ->
                        Objects.requireNonNull(
                                transactions.execute(status -> work.apply(statements))));
    }

    /** That others have all the connections does not mean that the database is away. */
    private <T> T guarded(Semaphore free, Supplier<T> work) {
        if (!there) {
            throw new RequestsUnavailable(null);
        }
        take(free);
        try {
            return work.get();
        } catch (DataAccessException | TransactionException failure) {
            if (RefusedData.isCauseOf(failure)) {
                throw new RefusedData(failure);
            }
            if (!isForWantOfAConnection(failure)) {
                lost(failure);
            }
            throw new RequestsUnavailable(failure);
        } finally {
            free.release();
        }
    }

    /**
     * No connection could be had in time, and to open one has not failed either: the pool would
     * name that as the cause. The database is slow then, as it is for the first crowd after a
     * start, and not away.
     */
    private static boolean isForWantOfAConnection(RuntimeException failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure)
                instanceof SQLTransientConnectionException;
    }

    private static void take(Semaphore free) {
        try {
            if (!free.tryAcquire(TO_GET_A_CONNECTION.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RequestsUnavailable(null);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new RequestsUnavailable(closing);
        }
    }

    /** Nobody waits for the database any more. */
    void giveUp() {
        closed.countDown();
        signal();
    }

    @Override
    public void close() throws InterruptedException {
        giveUp();
        keeper.join(FAREWELL);
        HikariDataSource unfinished = preparing;
        if (unfinished != null) {
            unfinished.close();
        }
        connections.close();
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        boolean said = false;
        try {
            while (isOpen()) {
                if (there) {
                    awaitLoss();
                    pause = FIRST_PAUSE;
                    said = false;
                    continue;
                }
                try {
                    prepare();
                    set(true);
                    log.info("Requests are kept in PostgreSQL, schema {}", settings.schema());
                } catch (DataAccessException | TransactionException | FlywayException failure) {
                    if (!said) {
                        log.warn(
                                "The tables of requests are not ready; contacts are taken, and"
                                        + " /api/requests answers 503 until they are: {}",
                                reason(failure));
                        said = true;
                    }
                    if (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        pause = pause.multipliedBy(2);
                        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLoss() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (there && isOpen()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void lost(RuntimeException failure) {
        log.debug("A statement failed", Wordless.of(failure));
        lock.lock();
        try {
            if (there) {
                log.warn("PostgreSQL was lost: {}", reason(failure));
                set(false);
            }
        } finally {
            lock.unlock();
        }
    }

    private void set(boolean isThere) {
        there = isThere;
        signal();
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The state and the kind; a driver's message may quote what was written. */
    private static String reason(RuntimeException failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return cause instanceof SQLException sql
                ? "SQLState " + sql.getSQLState()
                : cause.getClass().getName();
    }

    /**
     * On connections of its own, where nothing is cut off for being slow. They are only made for a
     * database that answers.
     */
    private void prepare() {
        statements.getJdbcTemplate().execute("select 1");
        try (HikariDataSource patient = new HikariDataSource(toPrepare(settings))) {
            preparing = patient;
            migrate(patient);
            new TransactionTemplate(new JdbcTransactionManager(patient))
                    .executeWithoutResult(status -> keepEdition(new JdbcTemplate(patient)));
        } finally {
            preparing = null;
        }
    }

    /** Two copies that start at once: Flyway lets one go first, and so does the edition's row. */
    private void migrate(DataSource patient) {
        Flyway.configure()
                .dataSource(patient)
                .schemas(settings.schema())
                .locations("classpath:guichet/intake/requests/tables")
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private void keepEdition(JdbcTemplate jdbc) {
        jdbc.update(
                "delete from erasure where ordered_at < now() - ? * interval '1 second'",
                Topics.ERASURES_STAY.toSeconds());
        Integer edition =
                jdbc.queryForObject("select number from edition for update", Integer.class);
        if (edition == null || edition >= settings.edition()) {
            return;
        }
        jdbc.update(
                "delete from request where coalesce(created_at > now() - ? * interval '1 second',"
                        + " true)",
                READ_AGAIN.toSeconds());
        jdbc.execute(
                "delete from step where not exists (select 1 from request where id = request_id)");
        jdbc.execute("truncate progress");
        jdbc.update("update edition set number = ?", settings.edition());
        log.info(
                "Requests of the last month are read off the topics again: edition {} after {}",
                settings.edition(),
                edition);
    }
}
